import type { HTMLInputAttributes } from 'svelte/elements';
import { normalisePlate } from '#shared/domain/plate.ts';
import type { Vehicle } from '#shared/domain/vehicle.ts';
import { m } from '#shared/i18n/generated/messages.js';
import type { Advice } from '#lib/advice.ts';
import { shapePlate } from '#lib/plate-form.ts';
import { shapeVin, vinAdvice, vinProblem } from './vin-advice.ts';

export type TextField = Exclude<keyof Vehicle, 'mileages' | 'retiredOn'>;

type FieldWords = {
  label: () => string;
  required?: boolean;
  input?: HTMLInputAttributes;
  shape?: (text: string) => string;
  advise?: (text: string) => Advice | undefined;
  check?: (text: string) => string | undefined;
};

/** How each fact about a vehicle is called, typed and checked, wherever it is typed. */
export const fields: Record<TextField, FieldWords> = {
  plate: {
    label: m.vehicles_plate,
    required: true,
    // Room for separators that the usual form does without.
    input: { maxlength: 24, autocapitalize: 'characters' },
    shape: shapePlate,
    check: (text) => (normalisePlate(text) === undefined ? m.vehicles_plate_wrong() : undefined),
  },
  vin: {
    label: m.vehicles_vin,
    input: { maxlength: 40, autocapitalize: 'characters' },
    shape: shapeVin,
    advise: vinAdvice,
    check: vinProblem,
  },
  make: { label: m.vehicles_make, required: true, input: { maxlength: 60 } },
  model: { label: m.vehicles_model, required: true, input: { maxlength: 80 } },
  engine: { label: m.vehicles_engine, input: { maxlength: 80 } },
  firstRegistration: { label: m.vehicles_first_registration, input: { type: 'date', min: '1886-01-01' } },
  customerName: { label: m.vehicles_customer, input: { maxlength: 120 } },
  notes: { label: m.vehicles_notes, input: { maxlength: 4000 } },
};
