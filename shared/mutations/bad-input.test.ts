import { describe, expect, it } from 'vitest';
import { ACCOUNT, BASKETS, ENTRIES, PARTS, VEHICLES } from '#test/support/mutations/universe.ts';
import type { MutationName } from './all.ts';
import { mutators } from './all.ts';
import { prepare } from './run.ts';

const [id, lineId] = BASKETS as [string, string];
const vehicleId = VEHICLES[0];
const part = PARTS[0];
const refusalOf = (name: string, args: unknown) => {
  const prepared = prepare({ name, args }, ACCOUNT);
  return prepared.ok ? undefined : prepared.refusal;
};
const argsOf = (name: string, args: unknown) => {
  const prepared = prepare({ name, args }, ACCOUNT);
  return prepared.ok ? prepared.prepared.args : prepared.refusal;
};
const invalid = (field: string) => ({ kind: 'invalid', field });

describe('names and texts', () => {
  const named = (name: unknown) => argsOf('basket.rename', { id, name });

  it.each([
    ['emoji of several parts', '👩‍🔧 Révision 👨‍👩‍👧‍👦 🇫🇷'],
    ['right-to-left letters', 'פנס קדמי ברלינגו'],
    ['Arabic with a mark of direction', 'مصباح\u200f 12V'],
    ['quotes and markup', `<b>"L'été" & co</b>`],
    ['one sign', 'é'],
  ])('may hold %s', (_what, name) => {
    expect(named(name)).toEqual({ id, name });
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \u00a0\t '],
    ['what cannot be seen', '\u200b\u200d\ufe0f'],
    ['NUL', 'a\u0000b'],
    ['a line end', 'a\nb'],
    ['an override of direction', 'facture\u202Efdp.exe'],
    ['an isolate of direction', 'a\u2066b'],
    ['half an emoji', 'a\ud83d'],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['a number', 12],
    ['a list', ['x']],
  ])('may not hold %s', (_what, name) => {
    expect(named(name)).toEqual(invalid('name'));
  });

  it('are kept composed and without blanks around them, lines apart by \\n', () => {
    expect(named('  e\u0301te\u0301 ')).toEqual({ id, name: 'été' });
    expect(argsOf('basket.setNotes', { id, notes: ' a\r\nb\rc\td ' })).toEqual({ id, notes: 'a\nb\nc\td' });
    expect(refusalOf('basket.setNotes', { id, notes: 'a\u0000' })).toEqual(invalid('notes'));
    expect(refusalOf('basket.setNotes', { id, notes: 'x'.repeat(4001) })).toEqual(invalid('notes'));
    expect(refusalOf('order.setNote', { orderId: id, note: '\u202e' })).toEqual(invalid('note'));
    expect(refusalOf('support.send', { id, topic: 'other', text: '\n' })).toEqual(invalid('text'));
    expect(refusalOf('support.send', { id, topic: 'gossip', text: 'x' })).toEqual(invalid('topic'));
  });
});

describe('quantities', () => {
  it.each([0, -1, 1e9, 2.5, '2,5', '2', Number.NaN, Infinity, null, undefined])(
    'cannot be %s',
    (quantity) => {
      const set = { basketId: id, lineId, quantity, part };
      expect(refusalOf('basket.setQuantity', set)).toEqual(invalid('quantity'));
      expect(
        refusalOf('basket.addLines', {
          basketId: id,
          lines: [
            { part, quantity: 1 },
            { part, quantity },
          ],
        }),
      ).toEqual(invalid('lines.1.quantity'));
      expect(refusalOf('basket.takeLines', { basketId: id, lines: [{ lineId, quantity }] })).toEqual(
        invalid('lines.0.quantity'),
      );
    },
  );

  it('are 1 to 9999, on at most 200 lines at once', () => {
    const lines = (count: number) => Array.from({ length: count }, () => ({ part, quantity: 1 }));
    expect(refusalOf('basket.addLines', { basketId: id, lines: lines(200) })).toBeUndefined();
    expect(refusalOf('basket.addLines', { basketId: id, lines: lines(201) })).toEqual(invalid('lines'));
    expect(refusalOf('basket.addLines', { basketId: id, lines: [] })).toEqual(invalid('lines'));
    expect(refusalOf('basket.setQuantity', { basketId: id, lineId, quantity: 9999, part })).toBeUndefined();
  });
});

describe('parts and prices', () => {
  it('name the field that is wrong, however deep', () => {
    const line = (over: object) => ({ basketId: id, lines: [{ part, quantity: 1, ...over }] });
    expect(refusalOf('basket.addLines', line({ part: { ...part, brand: '' } }))).toEqual(
      invalid('lines.0.part.brand'),
    );
    const price = { exclVat: -1, vatRate: 2000, currency: 'EUR', at: '2026-01-01T00:00:00.000Z' };
    expect(refusalOf('basket.addLines', line({ price }))).toEqual(invalid('lines.0.price.exclVat'));
    expect(refusalOf('basket.addLines', line({ vehicleId: 'x' }))).toEqual(invalid('lines.0.vehicleId'));
    const soon = { ...price, exclVat: 1, sale: true };
    expect(refusalOf('basket.updatePrices', { basketId: id, prices: [{ lineId, price: soon }] })).toEqual(
      invalid('prices.0.price.sale'),
    );
  });
});

describe('vehicles', () => {
  const set = (field: string, value: unknown) => ({ id: vehicleId, field, value });

  it.each([
    ['17 signs', 'VF1BR0A0H51234567', 'VF1BR0A0H51234567'],
    ['small letters and blanks', ' vf1 br0a0h-5123 4567 ', 'VF1BR0A0H51234567'],
  ])('take a VIN of %s', (_what, typed, value) => {
    expect(argsOf('vehicle.setField', set('vin', typed))).toEqual(set('vin', value));
  });

  it.each([
    ['the letter O', 'VF1BRoA0H51234567'],
    ['the letter I', 'VF1BRIA0H51234567'],
    ['the letter Q', 'VF1BRQA0H51234567'],
    ['16 signs', 'VF1BR0A0H5123456'],
    ['18 signs', 'VF1BR0A0H512345678'],
    ['NUL', 'VF1BR0A0H5123456\u0000'],
  ])('refuse a VIN with %s', (_what, vin) => {
    expect(refusalOf('vehicle.setField', set('vin', vin))).toEqual(invalid('value'));
    const vehicle = { plate: 'AB-123-CD', make: 'M', model: 'M', vin };
    expect(refusalOf('vehicle.add', { id: vehicleId, vehicle })).toEqual(invalid('vehicle.vin'));
    const vehicles = [{ id: vehicleId, vehicle }];
    expect(refusalOf('vehicle.addMany', { vehicles })).toEqual(invalid('vehicles.0.vehicle.vin'));
  });

  it('need a plate, a make and a model', () => {
    for (const field of ['plate', 'make', 'model'])
      expect(refusalOf('vehicle.setField', set(field, null)), field).toEqual(invalid('value'));
    expect(argsOf('vehicle.setField', set('notes', null))).toEqual(set('notes', null));
    expect(refusalOf('vehicle.setField', set('mileages', []))).toEqual(invalid('field'));
    expect(refusalOf('vehicle.setField', set('plate', '--'))).toEqual(invalid('value'));
  });

  it('have days and kilometres that exist', () => {
    const record = (on: string, kilometres: unknown) => ({ id: vehicleId, on, kilometres });
    expect(refusalOf('vehicle.recordMileage', record('2026-02-30', 1))).toEqual(invalid('on'));
    expect(refusalOf('vehicle.recordMileage', record('2026-02-28', -1))).toEqual(invalid('kilometres'));
    expect(refusalOf('vehicle.recordMileage', record('2026-02-28', 1e9))).toEqual(invalid('kilometres'));
  });
});

describe('the account', () => {
  it('refuses phone numbers that cannot exist', () => {
    const phone = (number: string) => ({ id: ENTRIES[0], kind: 'mobile', number });
    for (const name of ['phone.add', 'phone.change']) {
      expect(argsOf(name, phone('06 12 34 56 78'))).toEqual(phone('+33612345678'));
      for (const wrong of ['06 12', '+33 6 12 34 56 78 90 12', 'call me', '', '112', '+999 123 456'])
        expect(refusalOf(name, phone(wrong)), wrong).toEqual(invalid('number'));
    }
  });

  it('refuses a company whose numbers do not belong together', () => {
    const set = (over: object) => ({
      field: 'company',
      value: { name: 'G', siren: '732 829 320', vatNumber: 'fr 44 732 829 320', ...over },
    });
    expect(argsOf('profile.setField', set({}))).toEqual(
      set({ siren: '732829320', vatNumber: 'FR44732829320' }),
    );
    expect(refusalOf('profile.setField', set({ siren: '732829321' }))).toEqual(invalid('value.siren'));
    expect(refusalOf('profile.setField', set({ vatNumber: 'FR45732829320' }))).toEqual(
      invalid('value.vatNumber'),
    );
    expect(refusalOf('profile.setField', set({ siren: '552100554' }))).toEqual(invalid('value.vatNumber'));
    expect(refusalOf('profile.setField', { field: 'language', value: 'de' })).toEqual(invalid('value'));
    expect(refusalOf('profile.setField', { field: 'email', value: 'a@b.c' })).toEqual(invalid('field'));
    expect(argsOf('profile.setField', { field: 'firstName', value: ' ' })).toEqual({
      field: 'firstName',
      value: '',
    });
  });

  it('refuses addresses that nobody could deliver to', () => {
    const address = { name: '', lines: ['1 rue B'], postalCode: '', city: 'Paris', country: 'FR' };
    const add = (over: object) => ({ id: ENTRIES[0], use: 'delivery', address: { ...address, ...over } });
    expect(refusalOf('address.add', add({}))).toBeUndefined();
    expect(refusalOf('address.add', add({ city: '' }))).toEqual(invalid('address.city'));
    expect(refusalOf('address.add', add({ lines: [] }))).toEqual(invalid('address.lines'));
    expect(refusalOf('address.add', add({ lines: ['a', ''] }))).toEqual(invalid('address.lines.1'));
    expect(refusalOf('address.add', add({ country: 'France' }))).toEqual(invalid('address.country'));
  });
});

describe('calls of other versions', () => {
  it('with a name that is not known here are refused as such', () => {
    for (const name of ['basket.explode', '', 'toString', '__proto__', 'constructor'])
      expect(refusalOf(name, {}), name).toEqual({ kind: 'unknown_mutation' });
  });

  it('with a base of another shape are refused by that field', () => {
    const call = { name: 'basket.delete', args: { id }, base: 'seven' };
    expect(prepare(call, ACCOUNT)).toEqual({ ok: false, refusal: invalid('base') });
    const phone = { name: 'phone.remove', args: { id }, base: { kind: 'mobile', number: '06' } };
    expect(prepare(phone, ACCOUNT)).toEqual({ ok: false, refusal: invalid('base.number') });
  });

  it('have names that are given once and never again', () => {
    const names = Object.keys(mutators) as MutationName[];
    expect(names.filter((name) => mutators[name].name !== name)).toEqual([]);
    expect(names.every((name) => name.length <= 60)).toBe(true);
  });
});
