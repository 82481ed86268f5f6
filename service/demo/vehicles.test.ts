import { describe, expect, it } from 'vitest';
import { Vehicle } from '#shared/domain/vehicle.ts';
import { dateOf, dayOf } from './calendar.ts';
import { Prng } from './prng.ts';
import { VEHICLE_MODELS } from './vehicle-models.ts';
import { makeVehicle, sivPlate } from './vehicles.ts';

const SIV = /^(?!SS|WW)[A-HJ-NP-TV-Z]{2}-(?!000)\d{3}-(?!SS)[A-HJ-NP-TV-Z]{2}$/;
const FNI = /^\d{1,4} [A-Z]{2,3} \d{2}$/;

describe('vehicles of the demo', () => {
  it('have plates as the SIV gives them, which rise with the years', () => {
    const rng = new Prng('plates');
    const letters = (date: string): string => sivPlate(dayOf(date), rng).slice(0, 2);
    for (let i = 0; i < 3000; i += 1) expect(sivPlate(dayOf('2009-04-15') + i * 2, rng)).toMatch(SIV);
    expect(letters('2009-05-01')).toBe('AA');
    expect(letters('2012-01-01') < letters('2016-01-01')).toBe(true);
    expect(letters('2016-01-01') < letters('2024-01-01')).toBe(true);
  });

  it.each(
    VEHICLE_MODELS.map(
      (model, index) => [`${model.make} ${model.model} ${model.engine}`, model, index] as const,
    ),
  )('%s is a valid vehicle', (_, model, index) => {
    const today = dayOf('2026-11-22');
    const { value } = makeVehicle(model, { seed: 's', index, today, createdAt: 0, garage: true });
    expect(Vehicle.parse(value)).toEqual(value);
    expect(SIV.test(value.plate) || FNI.test(value.plate)).toBe(true);
    expect(value.vin).toHaveLength(17);
    const registered = Number(value.firstRegistration?.slice(0, 4));
    expect(registered).toBeGreaterThanOrEqual(model.years[0]);
    expect(registered).toBeLessThanOrEqual(model.years[1]);
    const { mileages } = value;
    expect(mileages.length).toBeGreaterThan(0);
    for (const [i, reading] of mileages.entries()) {
      expect(reading.on <= dateOf(today)).toBe(true);
      const before = mileages[i - 1];
      if (before) {
        expect(reading.on > before.on).toBe(true);
        expect(reading.kilometres).toBeGreaterThan(before.kilometres);
      }
    }
  });
});
