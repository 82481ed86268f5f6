import type { Cents, VatRate } from '#shared/domain/money.ts';
import type { Payment } from '#shared/domain/order.ts';
import type { CalendarDate, Instant } from '#shared/domain/time.ts';

// French typography: a narrow no-break space groups figures, a no-break space stands before € and %.
const NARROW = '\u202f';
const NO_BREAK = '\u00a0';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, NARROW);

/** `1 234,56`, with a true minus sign. Written out here so that a document never depends on the system's locale data. */
export function amount(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '\u2212' : ''}${grouped(digits.slice(0, -2))},${digits.slice(-2)}`;
}

export const count = (value: number): string =>
  `${value < 0 ? '\u2212' : ''}${grouped(String(Math.abs(value)))}`;

export const euros = (cents: Cents): string => `${amount(cents)}${NO_BREAK}€`;

/** `20 %`, `5,5 %` */
export function rate(basisPoints: VatRate): string {
  return `${String(basisPoints / 100).replace('.', ',')}${NO_BREAK}%`;
}

/** `12/11/2026` */
export const shortDate = (date: CalendarDate): string => date.split('-').reverse().join('/');

/** `999 999 014` */
export const siren = (digits: string): string => grouped(digits);

export const wholeEuros = (value: number): string => `${grouped(String(value))}${NO_BREAK}€`;

/** `4 812 553`; other numbers stay as they are. */
export const orderNumber = (number: string): string => (/^\d+$/.test(number) ? grouped(number) : number);

export const METHODS: Readonly<Record<Payment['method'], string>> = {
  card: 'par carte bancaire',
  paypal: 'par PayPal',
  bank_transfer: 'par virement bancaire',
};

const PARIS_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export const parisDate = (instant: Instant): CalendarDate => PARIS_DAY.format(new Date(instant));
