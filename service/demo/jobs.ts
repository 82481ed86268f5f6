/** What is bought together for one job; the first part is the main one and names the order in lists. */
export interface Job {
  name: string;
  weight: number;
  parts: readonly string[];
  /** Bought with it in half of the cases. */
  options?: readonly string[];
  /** For the workshop's shelf or a tool: no vehicle. */
  stock?: true;
  /** Months (0 = January) in which it is three times as frequent. */
  season?: readonly number[];
}

const job = (name: string, weight: number, parts: string, options = '', rest: Partial<Job> = {}): Job => ({
  name,
  weight,
  parts: parts.split(' '),
  ...(options === '' ? {} : { options: options.split(' ') }),
  ...rest,
});

export const JOBS: readonly Job[] = [
  job('oil service', 16, 'oil-filter oil-5l', 'drain-plug cabin-filter air-filter oil-1l'),
  job('full service diesel', 8, 'fuel-filter oil-filter oil-5l air-filter', 'cabin-filter drain-plug wipers'),
  job(
    'full service petrol',
    6,
    'spark-plug oil-filter oil-5l air-filter',
    'cabin-filter drain-plug petrol-filter',
  ),
  job('front brakes', 11, 'front-discs front-pads', 'brake-fluid brake-cleaner brake-hose'),
  job('front pads', 5, 'front-pads', 'brake-cleaner'),
  job('rear brakes', 6, 'rear-discs rear-pads', 'brake-fluid handbrake-cable'),
  job('rear discs with bearings', 3, 'rear-disc-bearing rear-pads', 'brake-cleaner'),
  job('rear drums', 2, 'rear-drum-kit', 'brake-fluid handbrake-cable'),
  job('caliper', 3, 'caliper', 'front-pads brake-fluid brake-hose'),
  job('timing belt', 7, 'timing-kit-pump coolant', 'accessory-belt thermostat'),
  job('timing belt, pump apart', 4, 'timing-kit water-pump coolant', 'accessory-kit'),
  job('accessory belt', 3, 'accessory-kit', 'alternator-pulley crank-pulley tensioner'),
  job('clutch', 4, 'clutch-kit gearbox-oil', 'clutch-slave clutch-master'),
  job('clutch and flywheel', 2, 'clutch-flywheel-kit clutch-slave gearbox-oil', 'driveshaft'),
  job('front shocks', 5, 'front-shocks strut-mount', 'stabiliser-link boot-kit coil-spring'),
  job('rear shocks', 3, 'rear-shocks', 'boot-kit coil-spring'),
  job('front axle', 5, 'control-arm stabiliser-link', 'ball-joint bushing tie-rod-end'),
  job('steering', 3, 'tie-rod-end tie-rod', 'rack-boot'),
  job('steering rack', 1, 'steering-rack tie-rod-end', 'rack-boot'),
  job('steering pump', 0.6, 'steering-pump'),
  job('wheel bearing', 4, 'wheel-bearing', 'abs-sensor'),
  job('driveshaft', 2, 'driveshaft', 'gearbox-oil cv-boot'),
  job('alternator', 3.5, 'alternator', 'accessory-belt battery'),
  job('starter', 3, 'starter', 'battery'),
  job('battery', 4, 'battery', '', { season: [10, 11, 0, 1] }),
  job('stop-start battery', 2, 'battery-agm', '', { season: [10, 11, 0, 1] }),
  job('glow plugs', 3, 'glow-plug', 'glow-relay', { season: [9, 10, 11, 0] }),
  job('ignition', 3, 'ignition-coil spark-plug'),
  job('injectors', 2, 'injector injector-seal', 'fuel-filter'),
  job('turbo', 1.2, 'turbo oil-filter oil-5l', 'air-filter air-flow-meter'),
  job('EGR', 2.5, 'egr-valve', 'map-sensor air-flow-meter'),
  job('throttle', 0.8, 'throttle-body'),
  job('fuel pump', 0.8, 'fuel-pump', 'petrol-filter'),
  job('particle filter', 1, 'dpf', 'map-sensor exhaust-flex'),
  job('exhaust', 2, 'rear-silencer', 'exhaust-flex'),
  job('catalyst', 0.8, 'catalyst lambda'),
  job('lambda', 1.5, 'lambda'),
  job('cooling', 3, 'radiator coolant thermostat', 'coolant-hose expansion-tank'),
  job('fan', 1, 'fan', 'coolant'),
  job('air conditioning', 2, 'ac-compressor dryer', 'condenser', { season: [4, 5, 6, 7] }),
  job('condenser', 1.5, 'condenser dryer', '', { season: [4, 5, 6, 7] }),
  job('blower', 1.5, 'blower', 'blower-resistor cabin-filter'),
  job('headlamp', 2, 'headlamp', 'bulb-h7'),
  job('lighting', 2, 'bulb-h7', 'bulb-p21 bulb-h4', { season: [9, 10, 11] }),
  job('rear lamp', 1, 'rear-lamp', 'bulb-p21'),
  job('front collision', 1.2, 'bumper headlamp', 'grille front-wing wheel-arch fog-lamp radiator clips'),
  job('mirror', 1.5, 'wing-mirror', 'mirror-glass'),
  job('tailgate', 1, 'tailgate-strut', 'rear-wiper'),
  job('window', 1, 'window-lifter', 'clips'),
  job('wipers', 3, 'wipers', 'rear-wiper screenwash', { season: [9, 10, 11] }),
  job('summer tyres', 2.5, 'summer-tyre', '', { season: [3, 4] }),
  job('winter tyres', 1.5, 'winter-tyre', '', { season: [9, 10] }),
  job('all-season tyres', 2, 'all-season-tyre', '', { season: [9, 10, 2] }),
  job('oil stock', 4, 'oil-drum brake-cleaner', 'drain-plug grease', { stock: true }),
  job('fluids stock', 5, 'brake-cleaner brake-fluid coolant', 'screenwash adblue grease gearbox-oil', {
    stock: true,
  }),
  job('small stock', 5, 'bulb-h7 bulb-p21 clips', 'bulb-h4 drain-plug screenwash', { stock: true }),
  job('tools', 2, 'timing-tools', 'filter-wrench', { stock: true }),
  job('more tools', 1.5, 'socket-set', 'piston-tool filter-wrench', { stock: true }),
  job('diagnostic', 0.3, 'diagnostic', 'manual', { stock: true }),
  job('documentation', 0.8, 'manual oil-filter', 'filter-wrench'),
  job('top-up', 2, 'adblue', 'screenwash oil-1l'),
];

export function jobNamed(name: string): Job {
  const found = JOBS.find((candidate) => candidate.name === name);
  if (!found) throw new RangeError(`no job "${name}"`);
  return found;
}
