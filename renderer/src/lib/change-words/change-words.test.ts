import { afterEach, describe, expect, it } from 'vitest';
import type { MutationName, PendingChange } from '#shared/ipc/changes.ts';
import { language } from '../language.svelte.ts';
import { changeWords } from './all.ts';
import { sidesOf } from './sides.ts';
import { longText } from './texts.ts';
import type { Args } from './types.ts';

const id = '018f0000-0000-7000-8000-000000000001';
const part = { reference: '0 986 494 660', brand: 'BOSCH', name: 'Plaquettes de frein' };
const price = { exclVat: 3710, vatRate: 2000, currency: 'EUR', at: '2026-11-22T09:00:00.000Z' };
const address = {
  name: 'Atelier',
  lines: ['14 rue des Forges'],
  postalCode: '69007',
  city: 'Lyon',
  country: 'FR',
};
const vehicle = { plate: 'FG-109-AB', make: 'Peugeot', model: '308' };

/** One of each: what a person can change has words, or this does not compile. */
const samples: { [N in MutationName]: Args<N> } = {
  'basket.create': { id, name: 'Freins 308' },
  'basket.rename': { id, name: 'Freins 308' },
  'basket.setNotes': { id, notes: 'Avant samedi' },
  'basket.setVehicle': { id, vehicleId: id },
  'basket.setTemplate': { id, isTemplate: true },
  'basket.delete': { id },
  'basket.restore': { id },
  'basket.duplicate': { id, from: id, name: 'Copie' },
  'basket.merge': { from: id, into: id },
  'basket.unmerge': { from: id, into: id },
  'basket.addLines': { basketId: id, lines: [{ part, quantity: 2 }] },
  'basket.takeLines': { basketId: id, lines: [{ lineId: id, quantity: 2 }] },
  'basket.setQuantity': { basketId: id, lineId: id, quantity: 5, part },
  'basket.removeLine': { basketId: id, lineId: id },
  'basket.moveLine': { basketId: id, lineId: id, after: null },
  'basket.assignLine': { basketId: id, lineId: id, vehicleId: null },
  'basket.updatePrices': { basketId: id, prices: [{ lineId: id, price }] },
  'vehicle.add': { id, vehicle },
  'vehicle.addMany': { vehicles: [{ id, vehicle }] },
  'vehicle.changeMany': { vehicles: [{ id, fields: { engine: '1.6 BlueHDi 120' } }] },
  'vehicle.remove': { vehicles: [{ id, vehicle }] },
  'vehicle.setField': { id, field: 'firstRegistration', value: '2019-04-02' },
  'vehicle.recordMileage': { id, on: '2026-11-22', kilometres: 128_450 },
  'vehicle.removeMileage': { id, on: '2026-11-22' },
  'vehicle.retire': { id, on: '2026-11-22' },
  'vehicle.reinstate': { id },
  'order.assignVehicle': { orderId: id, vehicleId: id },
  'order.setNote': { orderId: id, note: 'À monter lundi' },
  'profile.setField': { field: 'displayName', value: 'Garage Morel' },
  'address.add': { id, use: 'delivery', address },
  'address.change': { id, address },
  'address.remove': { id },
  'address.setDefault': { id },
  'phone.add': { id, kind: 'mobile', number: '+33612345678' },
  'phone.change': { id, kind: 'mobile', number: '+33612345678' },
  'phone.remove': { id },
  'preference.set': { name: 'delivery_sms', value: true },
  'consent.set': { purpose: 'partners', granted: false },
  'support.send': { id, topic: 'delivery', text: 'Bonjour' },
  'notice.dismiss': { id },
  noop: {},
};

const change = <N extends string>(name: N, over: Partial<PendingChange> = {}): PendingChange => ({
  id,
  name,
  args: {},
  at: '2026-11-22T09:44:00.000Z',
  state: 'waiting',
  subject: { type: 'basket', id, label: 'Freins 308' },
  canUndo: true,
  canSendAgain: false,
  ...over,
});

afterEach(() => {
  language.current = 'fr';
});

describe.each(['fr', 'en'] as const)('the words for changes, in %s', (locale) => {
  it.each(Object.entries(samples))('tell %s in one sentence', (name, args) => {
    language.current = locale;
    const words = changeWords(change(name, { args }));
    expect(words.length).toBeGreaterThan(3);
    expect(words).not.toMatch(/undefined|null|\{|\}|NaN|\[object/);
  });

  it('tell no two alike', () => {
    language.current = locale;
    const all = Object.entries(samples).map(([name, args]) => changeWords(change(name, { args })));
    expect(new Set(all).size).toBe(all.length);
  });
});

it('a change of a newer version is told by what it is about', () => {
  expect(changeWords(change('basket.paint'))).toBe('Modification de Freins 308');
  expect(changeWords(change('constructor'))).toBe('Modification de Freins 308');
});

it('a value that was there before is told with the one that is wished', () => {
  const renamed = change('basket.rename', { args: { id, name: 'Freins' }, base: 'Panier du 3' });
  expect(changeWords(renamed)).toBe('Panier «\u00a0Panier du 3\u00a0» renommé «\u00a0Freins\u00a0»');
});

describe('two values to choose from', () => {
  const refused = (name: MutationName, args: unknown, present?: unknown): PendingChange =>
    change(name, {
      args,
      state: 'refused',
      refusal: { kind: 'conflict', ...(present === undefined ? {} : { present }) },
    });

  it.each<[MutationName, unknown, unknown, string, string]>([
    ['vehicle.setField', { id, field: 'plate', value: 'AB-123-CD' }, 'AB-124-CD', 'AB-123-CD', 'AB-124-CD'],
    ['vehicle.setField', { id, field: 'notes', value: null }, 'À revoir', 'rien', 'À revoir'],
    ['vehicle.retire', { id, on: '2026-11-22' }, undefined, '22 nov. 2026', 'rien'],
    ['vehicle.removeMileage', { id, on: '2026-11-22' }, 1200, 'supprimé', '1\u202f200\u00a0km'],
    ['profile.setField', { field: 'language', value: 'en' }, 'fr', 'anglais', 'français'],
    ['preference.set', { name: 'delivery_sms', value: true }, undefined, 'oui', 'choix par défaut'],
    ['consent.set', { purpose: 'partners', granted: false }, true, 'non', 'oui'],
    [
      'phone.change',
      { id, kind: 'work', number: '+33123456789' },
      { kind: 'work', number: '+33198765432' },
      '01 23 45 67 89',
      '01 98 76 54 32',
    ],
    ['address.remove', { id }, address, 'supprimé', 'Atelier, 14 rue des Forges, 69007 Lyon'],
  ])('%s', (name, args, present, mine, theirs) => {
    expect(sidesOf(refused(name, args, present))).toEqual({ mine: { text: mine }, theirs: { text: theirs } });
  });

  it('names vehicles by their id', () => {
    expect(sidesOf(refused('order.assignVehicle', { orderId: id, vehicleId: id }, undefined))).toEqual({
      mine: { vehicleId: id },
      theirs: { text: 'rien' },
    });
  });

  it('is nothing to choose when something else was wrong', () => {
    const gone = change('order.setNote', { args: { note: 'a' }, refusal: { kind: 'not_found' } });
    expect(sidesOf(gone)).toBeUndefined();
  });
});

it('what was written at length can be read and copied', () => {
  expect(longText(change('support.send', { args: samples['support.send'] }))).toBe('Bonjour');
  expect(longText(change('basket.rename', { args: samples['basket.rename'] }))).toBeUndefined();
  expect(longText(change('noop', { args: null }))).toBeUndefined();
});
