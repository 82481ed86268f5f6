import { m } from '#shared/i18n/generated/messages.js';
import type { Address } from '#shared/domain/address.ts';
import type { AddressUse, ProfileAddress } from '#shared/domain/profile.ts';
import { change, type ChangeOutcome } from '#lib/changes.svelte.ts';
import { newId } from '#lib/new-id.ts';

/** French postal codes, overseas ones and Monaco's too. */
const FRENCH_CODE = /^\d{5}$/;
const FRENCH_CODES = new Set(['FR', 'MC', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'PF', 'NC', 'WF']);

/** What is being typed of an address, what is wrong with it, and the change that it becomes. */
export class AddressForm {
  name = $state('');
  line1 = $state('');
  line2 = $state('');
  line3 = $state('');
  postalCode = $state('');
  city = $state('');
  country = $state('FR');
  use = $state<AddressUse>('delivery');
  makeDefault = $state(false);
  readonly #seen: ProfileAddress | undefined;

  constructor(seen: ProfileAddress | undefined, owner: string) {
    this.#seen = seen;
    this.name = seen?.address.name ?? owner;
    if (!seen) return;
    const { lines, postalCode, city, country } = seen.address;
    [this.line1 = '', this.line2 = '', this.line3 = ''] = lines;
    this.postalCode = postalCode;
    this.city = city;
    this.country = country;
    this.use = seen.use;
  }

  readonly problems = $derived({
    name: this.name.trim() === '' ? m.account_required() : undefined,
    line1: this.line1.trim() === '' ? m.account_required() : undefined,
    postalCode: this.#postalCodeProblem(),
    city: this.city.trim() === '' ? m.account_required() : undefined,
  });

  readonly good = $derived(Object.values(this.problems).every((problem) => problem === undefined));

  #postalCodeProblem(): string | undefined {
    const code = this.postalCode.trim();
    if (code === '') return m.account_required();
    return FRENCH_CODES.has(this.country) && !FRENCH_CODE.test(code)
      ? m.account_postal_code_french()
      : undefined;
  }

  #address(): Address {
    return {
      name: this.name.trim(),
      lines: [this.line1, this.line2, this.line3].map((line) => line.trim()).filter((line) => line !== ''),
      postalCode: this.postalCode.trim(),
      city: this.city.trim(),
      country: this.country,
    };
  }

  save(): Promise<ChangeOutcome> {
    const address = this.#address();
    if (this.#seen) {
      const { id, address: base } = this.#seen;
      return change(
        { name: 'address.change', args: { id, address }, base },
        { done: m.account_address_changed(), showsRefusal: true },
      );
    }
    const { use, makeDefault } = this;
    return change(
      { name: 'address.add', args: { id: newId(), use, address, makeDefault } },
      { done: m.account_address_added(), showsRefusal: true },
    );
  }
}
