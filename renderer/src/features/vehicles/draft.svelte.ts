import { normalisePlate } from '#shared/domain/plate.ts';
import { m } from '#shared/i18n/generated/messages.js';
import { change, type ChangeOutcome } from '#lib/changes.svelte.ts';
import { newId } from '#lib/new-id.ts';
import { fields, type TextField } from './fields.ts';
import { kilometresOf } from './mileage-advice.ts';

const EMPTY: Record<TextField, string> = {
  plate: '', vin: '', make: '', model: '', engine: '', firstRegistration: '', customerName: '', notes: '',
}; // prettier-ignore

/** A vehicle that is being typed, before there is one. */
export class Draft {
  text = $state<Record<TextField, string>>({ ...EMPTY });
  kilometres = $state('');
  /** Problems are told once a person has asked to keep it; before, they would be about what is not typed yet. */
  tried = $state(false);

  readonly problems = $derived.by(() => {
    const problems: Partial<Record<TextField | 'kilometres', string>> = {};
    for (const field of Object.keys(EMPTY) as TextField[]) {
      const text = this.text[field].trim();
      const problem =
        text !== '' ? fields[field].check?.(text) : fields[field].required ? m.changes_required() : undefined;
      if (problem !== undefined) problems[field] = problem;
    }
    if (this.kilometres.trim() !== '' && kilometresOf(this.kilometres) === undefined)
      problems.kilometres = m.vehicles_reading_wrong();
    return problems;
  });

  type(field: TextField, typed: string): void {
    this.text[field] = fields[field].shape?.(typed) ?? typed;
  }

  /** `today`: the day of the reading, if there is one. Answers the new vehicle's id, or nothing when it was not added. */
  async add(today: string): Promise<string | undefined> {
    const id = newId();
    const given = Object.fromEntries(
      Object.entries(this.text)
        .map(([field, text]) => [field, text.trim()])
        .filter(([, text]) => text !== ''),
    ) as Partial<Record<TextField, string>>;
    const { plate = '', make = '', model = '', ...rest } = given;
    const kilometres = this.kilometres.trim() === '' ? undefined : kilometresOf(this.kilometres);
    const vehicle = {
      plate,
      make,
      model,
      ...rest,
      ...(kilometres === undefined ? {} : { mileages: [{ on: today, kilometres }] }),
    };
    const outcome: ChangeOutcome = await change(
      { name: 'vehicle.add', args: { id, vehicle } },
      { done: m.vehicles_added({ plate: normalisePlate(plate) ?? plate }) },
    );
    return outcome.made ? id : undefined;
  }
}
