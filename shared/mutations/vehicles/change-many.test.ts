import { describe, expect, it } from 'vitest';
import type { Vehicle } from '../../domain/vehicle.ts';
import type { Context, Read } from '../mutator.ts';
import { prepare } from '../run.ts';

const ACCOUNT = '0192b1c4-7d3e-7a55-8c1d-000000000001';
const [A, B] = ['0192b1c4-7d3e-7a55-8c1d-00000000000a', '0192b1c4-7d3e-7a55-8c1d-00000000000b'] as const;
const clio: Vehicle = {
  plate: 'AB-123-CD',
  make: 'Renault',
  model: 'Clio',
  mileages: [{ on: '2026-01-02', kilometres: 10 }],
};
const zoe: Vehicle = {
  plate: 'EF-456-GH',
  make: 'Renault',
  model: 'Zoé',
  customerName: 'Anna',
  mileages: [],
};

const reading =
  (vehicles: Record<string, Vehicle>): Read =>
  (type, id) =>
    (type === 'vehicle' ? vehicles[id] : undefined) as never;

function run(
  vehicles: unknown[],
  present: Record<string, Vehicle>,
  over: Partial<Context> & { seen?: Record<string, Vehicle> } = {},
) {
  const { seen = present, mode = 'decide' } = over;
  const call = { name: 'vehicle.changeMany', args: { vehicles } };
  const first = prepare(call, ACCOUNT);
  if (!first.ok) return first;
  const second = prepare({ ...call, base: first.prepared.seen(reading(seen)) }, ACCOUNT);
  if (!second.ok) throw new Error('what was seen has to be a base');
  const context = { id: ACCOUNT, at: '2026-11-22T10:00:00.000Z', accountId: ACCOUNT, mode };
  return second.prepared.run(reading(present), context);
}

const both = [
  { id: A, fields: { plate: 'ab 124 cd', notes: 'x' }, mileage: { on: '2026-02-03', kilometres: 20 } },
  { id: B, fields: { customerName: null } },
];

describe('changing many vehicles', () => {
  it('sets and takes away fields, and records readings', () => {
    expect(run(both, { [A]: clio, [B]: zoe })).toEqual({
      ok: true,
      writes: [
        {
          op: 'put',
          type: 'vehicle',
          id: A,
          value: {
            ...clio,
            plate: 'AB-124-CD',
            notes: 'x',
            mileages: [...clio.mileages, { on: '2026-02-03', kilometres: 20 }],
          },
        },
        {
          op: 'put',
          type: 'vehicle',
          id: B,
          value: { plate: 'EF-456-GH', make: 'Renault', model: 'Zoé', mileages: [] },
        },
      ],
    });
  });

  it('writes nothing that is so already', () => {
    const lower = [{ id: A, fields: { model: 'Clio' }, mileage: { on: '2026-01-02', kilometres: 9 } }];
    expect(run(lower, { [A]: clio })).toEqual({ ok: true, writes: [] });
  });

  it('makes nothing of it when one field is no longer what was seen, unless that is the wish, or a replay', () => {
    const meanwhile = { [A]: { ...clio, plate: 'ZZ-999-ZZ' }, [B]: zoe };
    const seen = { [A]: clio, [B]: zoe };
    expect(run(both, meanwhile, { seen })).toEqual({
      ok: false,
      refusal: { kind: 'conflict', field: 'vehicles.0.fields.plate', present: 'ZZ-999-ZZ' },
    });
    expect(run(both, meanwhile, { seen, mode: 'replay' })).toMatchObject({ ok: true });
    expect(run(both, { ...meanwhile, [A]: { ...clio, plate: 'AB-124-CD' } }, { seen })).toMatchObject({
      ok: true,
    });
    expect(run(both, { [A]: clio, [B]: { ...zoe, make: 'Dacia' } }, { seen })).toMatchObject({ ok: true });
  });

  it('refuses what it cannot do as a whole, and says where', () => {
    expect(run(both, { [A]: clio })).toEqual({
      ok: false,
      refusal: { kind: 'not_found', field: 'vehicles.1.id' },
    });
    expect(run([both[1], both[1]], { [B]: zoe })).toEqual({
      ok: false,
      refusal: { kind: 'duplicate', field: 'vehicles.1.id' },
    });
    const full = Array.from({ length: 500 }, (_, day) => ({
      on: new Date(Date.UTC(2020, 0, day + 1)).toISOString().slice(0, 10),
      kilometres: day,
    }));
    expect(run(both, { [A]: { ...clio, mileages: full }, [B]: zoe })).toEqual({
      ok: false,
      refusal: { kind: 'too_many', field: 'vehicles.0.mileage' },
    });
    expect(run([{ id: A, fields: { make: null } }], { [A]: clio })).toMatchObject({
      refusal: { kind: 'invalid' },
    });
  });

  it('is taken back by the values from before, readings too', () => {
    const inverse = (vehicles: unknown[]) => {
      const prepared = prepare({ name: 'vehicle.changeMany', args: { vehicles } }, ACCOUNT);
      return prepared.ok && prepared.prepared.inverse(reading({ [A]: clio, [B]: zoe }));
    };
    expect(inverse([both[1], { id: A, fields: { engine: 'dCi' } }])).toEqual({
      name: 'vehicle.changeMany',
      args: {
        vehicles: [
          { id: B, fields: { customerName: 'Anna' } },
          { id: A, fields: { engine: null } },
        ],
      },
      base: [{ customerName: null }, { engine: 'dCi' }],
    });
    expect(inverse(both)).toEqual({
      name: 'vehicle.changeMany',
      args: {
        vehicles: [
          {
            id: A,
            fields: { plate: 'AB-123-CD', notes: null },
            mileageBack: { on: '2026-02-03', recorded: 20, before: null },
          },
          { id: B, fields: { customerName: 'Anna' } },
        ],
      },
      base: [{ plate: 'AB-124-CD', notes: 'x' }, { customerName: null }],
    });
    const back = (recorded: number) => [
      { id: A, fields: {}, mileageBack: { on: '2026-01-02', recorded, before: 5 } },
    ];
    expect(run(back(10), { [A]: clio })).toMatchObject({
      writes: [{ value: { mileages: [{ on: '2026-01-02', kilometres: 5 }] } }],
    });
    expect(run(back(9), { [A]: clio })).toEqual({ ok: true, writes: [] });
  });
});
