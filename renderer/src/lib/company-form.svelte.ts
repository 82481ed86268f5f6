import { frenchVatNumber, isFrenchVatNumber, isSiren } from '#shared/domain/company-numbers.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { lineProblem } from './typed-text.ts';

/** A company as it is typed, with what is wrong about it. */
export class CompanyForm {
  name = $state('');
  siren = $state('');
  vatNumber = $state('');

  readonly #digits = $derived(this.siren.replace(/[\s.]/g, ''));
  readonly #vat = $derived(this.vatNumber.replace(/[\s.]/g, '').toUpperCase());
  readonly #sirenGood = $derived(isSiren(this.#digits));

  readonly problems = $derived({
    name: lineProblem(this.name),
    siren: this.#sirenProblem(),
    vat: this.#vatProblem(),
  });
  readonly good = $derived(Object.values(this.problems).every((problem) => problem === undefined));
  /** Enough was typed to say what is wrong before anybody asks to go on. */
  readonly sirenTyped = $derived(this.#digits.length >= 9);
  readonly vatTyped = $derived(this.#vat.length >= 13);

  get value(): { name: string; siren: string; vatNumber: string } {
    return { name: this.name.trim(), siren: this.#digits, vatNumber: this.#vat };
  }

  /** The VAT number follows from the SIREN, so nobody has to type it. */
  proposeVat(): void {
    const followed =
      this.#vat === '' || (isFrenchVatNumber(this.#vat) && this.#vat.slice(4) !== this.#digits);
    if (this.#sirenGood && followed) this.vatNumber = frenchVatNumber(this.#digits);
  }

  #sirenProblem(): string | undefined {
    if (this.#digits === '') return m.account_required();
    if (/^\d{14}$/.test(this.#digits)) return m.account_siren_is_siret();
    if (!/^\d{9}$/.test(this.#digits)) return m.account_siren_digits();
    return this.#sirenGood ? undefined : m.account_siren_wrong();
  }

  #vatProblem(): string | undefined {
    if (this.#vat === '') return m.account_required();
    if (!isFrenchVatNumber(this.#vat)) return m.account_vat_wrong();
    return this.#sirenGood && this.#vat.slice(4) !== this.#digits ? m.account_vat_other_siren() : undefined;
  }
}
