import { describe, expect, it } from 'vitest';
import type { Home } from '#shared/ipc/home.ts';
import { barsOf, NAMED_SERIES, seriesOf } from './spending-chart.ts';

const id = (n: number): string => `0192b1c4-7d3e-7a55-8c1d-${String(n).padStart(12, '0')}`;

function spending(parts: [vehicle: string, cents: number][]): Home['spending'] {
  const byVehicle = parts.map(([vehicleId, exclVat]) => ({ vehicleId, exclVat, inclVat: exclVat * 1.2 }));
  const sum = (key: 'exclVat' | 'inclVat'): number => byVehicle.reduce((total, part) => total + part[key], 0);
  const totals = { exclVat: sum('exclVat'), inclVat: sum('inclVat') };
  return {
    currency: 'EUR',
    ...totals,
    months: [{ month: '2026-11', ...totals, byVehicle }],
    vehicles: parts
      .filter(([vehicle]) => vehicle.length > 10)
      .map(([vehicle]) => ({ id: vehicle, plate: vehicle.slice(-4), label: 'Clio' })),
  };
}

describe('spending chart', () => {
  it('names the largest vehicles and adds up all others', () => {
    const data = spending([
      ...Array.from({ length: 8 }, (_, n): [string, number] => [id(n), (n + 1) * 1000]),
      ['none', 500],
      ['others', 300],
    ]);
    const series = seriesOf(data, 'excl');
    expect(series.map((entry) => entry.id)).toEqual([id(7), id(6), id(5), id(4), id(3), 'rest']);
    expect(series).toHaveLength(NAMED_SERIES + 1);
    const [bar] = barsOf(data.months, series, 'excl');
    expect(bar?.parts.at(-1)).toEqual({ id: 'rest', cents: 3000 + 2000 + 1000 + 500 + 300 });
    expect(bar?.parts.reduce((sum, part) => sum + part.cents, 0)).toBe(bar?.total);
  });

  it('speaks of no rest where there is none', () => {
    expect(seriesOf(spending([[id(1), 1000]]), 'incl').map((entry) => entry.id)).toEqual([id(1)]);
  });
});
