export interface VehicleModel {
  make: string;
  model: string;
  engine: string;
  fuel: 'diesel' | 'petrol';
  /** Years of first registration. */
  years: readonly [number, number];
  /** World manufacturer identifier and descriptor; `@` letter, `#` digit (ISO 3779, 17 characters in all). */
  vin: string;
  tyres: string;
}

const RENAULT = 'VF1@@@#####'.padEnd(17, '#');
const DACIA = 'UU1@@@###'.padEnd(17, '#');
const PEUGEOT = 'VF3@@@@@@@@'.padEnd(17, '#');
const CITROEN = 'VF7@@@@@@@@'.padEnd(17, '#');
const FORD = 'WF0@XXGCD@'.padEnd(17, '#');
const TOYOTA = 'VNK@@3#0@'.padEnd(17, '#');
const FIAT = 'ZFA3#200000######';

type Row = [engine: string, fuel: 'diesel' | 'petrol', from: number, to: number, tyres: string];

const rows = (make: string, model: string, vin: string, engines: readonly Row[]): VehicleModel[] =>
  engines.map(([engine, fuel, from, to, tyres]) => ({
    make,
    model,
    engine,
    fuel,
    years: [from, to],
    vin,
    tyres,
  }));

/** Best sellers of the French market with engines that they were really sold with. */
export const VEHICLE_MODELS: readonly VehicleModel[] = [
  ...rows('Renault', 'Clio III', RENAULT, [
    ['1.5 dCi 85', 'diesel', 2006, 2012, '185/60 R15'],
    ['1.2 16V 75', 'petrol', 2005, 2012, '175/65 R14'],
  ]),
  ...rows('Renault', 'Clio IV', RENAULT, [
    ['1.5 dCi 90', 'diesel', 2012, 2019, '195/55 R16'],
    ['0.9 TCe 90', 'petrol', 2012, 2019, '185/65 R15'],
  ]),
  ...rows('Renault', 'Clio V', RENAULT, [['1.0 TCe 100', 'petrol', 2019, 2024, '195/55 R16']]),
  ...rows('Renault', 'Mégane III', RENAULT, [
    ['1.5 dCi 110', 'diesel', 2009, 2016, '205/55 R16'],
    ['1.6 16V 110', 'petrol', 2008, 2015, '205/55 R16'],
  ]),
  ...rows('Renault', 'Mégane IV', RENAULT, [['1.5 Blue dCi 115', 'diesel', 2018, 2023, '205/50 R17']]),
  ...rows('Renault', 'Scénic III', RENAULT, [['1.6 dCi 130', 'diesel', 2011, 2016, '205/55 R17']]),
  ...rows('Renault', 'Captur', RENAULT, [
    ['1.5 dCi 90', 'diesel', 2013, 2019, '205/60 R16'],
    ['1.3 TCe 130', 'petrol', 2018, 2024, '215/55 R18'],
  ]),
  ...rows('Renault', 'Kangoo II', RENAULT, [['1.5 dCi 75', 'diesel', 2008, 2020, '195/65 R15']]),
  ...rows('Renault', 'Trafic III', RENAULT, [['1.6 dCi 125', 'diesel', 2014, 2019, '205/65 R16']]),
  ...rows('Renault', 'Twingo II', RENAULT, [['1.2 16V 75', 'petrol', 2007, 2014, '165/65 R14']]),
  ...rows('Renault', 'Laguna II', RENAULT, [['1.9 dCi 120', 'diesel', 2001, 2007, '205/55 R16']]),
  ...rows('Dacia', 'Sandero II', DACIA, [['0.9 TCe 90', 'petrol', 2012, 2020, '185/65 R15']]),
  ...rows('Dacia', 'Duster', DACIA, [
    ['1.5 dCi 110', 'diesel', 2010, 2018, '215/65 R16'],
    ['1.3 TCe 130', 'petrol', 2019, 2024, '215/60 R17'],
  ]),
  ...rows('Dacia', 'Logan MCV II', DACIA, [['1.5 dCi 90', 'diesel', 2013, 2020, '185/65 R15']]),
  ...rows('Peugeot', '206', PEUGEOT, [['1.4 HDi 70', 'diesel', 2001, 2009, '175/65 R14']]),
  ...rows('Peugeot', '207', PEUGEOT, [['1.6 HDi 90', 'diesel', 2006, 2012, '185/65 R15']]),
  ...rows('Peugeot', '208', PEUGEOT, [
    ['1.2 PureTech 82', 'petrol', 2012, 2019, '185/65 R15'],
    ['1.6 BlueHDi 100', 'diesel', 2015, 2019, '195/55 R16'],
    ['1.2 PureTech 100', 'petrol', 2019, 2024, '195/55 R16'],
  ]),
  ...rows('Peugeot', '308', PEUGEOT, [
    ['1.6 HDi 92', 'diesel', 2007, 2013, '195/65 R15'],
    ['1.6 BlueHDi 120', 'diesel', 2014, 2021, '205/55 R16'],
    ['1.2 PureTech 130', 'petrol', 2014, 2021, '225/45 R17'],
  ]),
  ...rows('Peugeot', '2008', PEUGEOT, [['1.2 PureTech 110', 'petrol', 2013, 2019, '205/55 R16']]),
  ...rows('Peugeot', '3008', PEUGEOT, [
    ['1.6 HDi 112', 'diesel', 2009, 2016, '215/60 R16'],
    ['1.5 BlueHDi 130', 'diesel', 2018, 2023, '225/55 R18'],
  ]),
  ...rows('Peugeot', 'Partner II', PEUGEOT, [['1.6 HDi 90', 'diesel', 2008, 2018, '195/65 R15']]),
  ...rows('Citroën', 'C3 II', CITROEN, [
    ['1.4 HDi 70', 'diesel', 2009, 2016, '185/65 R15'],
    ['1.2 PureTech 82', 'petrol', 2012, 2016, '185/65 R15'],
  ]),
  ...rows('Citroën', 'C4 II', CITROEN, [['1.6 HDi 110', 'diesel', 2009, 2018, '205/55 R16']]),
  ...rows('Citroën', 'C4 Picasso II', CITROEN, [['1.6 BlueHDi 120', 'diesel', 2013, 2018, '205/55 R17']]),
  ...rows('Citroën', 'Berlingo II', CITROEN, [['1.6 HDi 92', 'diesel', 2008, 2018, '205/65 R15']]),
  ...rows('Citroën', 'Jumpy III', CITROEN, [['2.0 BlueHDi 120', 'diesel', 2016, 2022, '215/65 R16']]),
  ...rows('Citroën', 'Saxo', CITROEN, [['1.1i 60', 'petrol', 1997, 2003, '155/70 R13']]),
  ...rows('Volkswagen', 'Polo V', 'WVWZZZ6RZ@@######', [['1.2 TSI 90', 'petrol', 2009, 2017, '185/60 R15']]),
  ...rows('Volkswagen', 'Golf VI', 'WVWZZZ1KZ@@######', [
    ['1.6 TDI 105', 'diesel', 2009, 2013, '205/55 R16'],
  ]),
  ...rows('Volkswagen', 'Golf VII', 'WVWZZZAUZ@@######', [
    ['1.6 TDI 110', 'diesel', 2013, 2020, '205/55 R16'],
    ['1.4 TSI 125', 'petrol', 2013, 2020, '225/45 R17'],
  ]),
  ...rows('Audi', 'A3 8V', 'WAUZZZ8V@@@######', [['2.0 TDI 150', 'diesel', 2012, 2020, '225/45 R17']]),
  ...rows('BMW', 'Série 1 F20', 'WBA@@@#####'.padEnd(17, '#'), [
    ['116d 116', 'diesel', 2012, 2019, '205/55 R16'],
  ]),
  ...rows('Mercedes-Benz', 'Classe A W176', 'WDD176####@######', [
    ['180 CDI 109', 'diesel', 2012, 2018, '205/55 R16'],
  ]),
  ...rows('Opel', 'Corsa D', 'W0L0SDL@@########', [['1.3 CDTI 75', 'diesel', 2006, 2014, '185/65 R15']]),
  ...rows('Opel', 'Astra J', 'W0LPE6E@@########', [['1.7 CDTI 110', 'diesel', 2009, 2015, '215/50 R17']]),
  ...rows('Ford', 'Fiesta VI', FORD, [['1.4 TDCi 70', 'diesel', 2008, 2017, '175/65 R14']]),
  ...rows('Ford', 'Focus III', FORD, [['1.0 EcoBoost 125', 'petrol', 2012, 2018, '205/55 R16']]),
  ...rows('Toyota', 'Yaris III', TOYOTA, [['1.0 VVT-i 69', 'petrol', 2011, 2019, '175/65 R15']]),
  ...rows('Fiat', '500', FIAT, [['1.2 69', 'petrol', 2007, 2020, '175/65 R14']]),
  ...rows('Nissan', 'Qashqai J10', 'SJNF@@J10U#######', [
    ['1.5 dCi 106', 'diesel', 2007, 2013, '215/65 R16'],
  ]),
];
