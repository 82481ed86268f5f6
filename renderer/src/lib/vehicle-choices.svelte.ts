import type { AppError } from '#shared/ipc/errors.ts';
import type { VehicleChoice } from '#shared/ipc/vehicles.ts';
import { call } from './api.ts';
import { liveQuery } from './live-query.svelte.ts';

/** As many as a list that people look through shows; typing narrows it down. */
const SHOWN = 80;

export type FoundVehicles = {
  /** What they were looked for with. */
  text: string;
  choices: readonly VehicleChoice[];
  count: number;
  chosen?: VehicleChoice | undefined;
};

/**
 * The vehicles to choose from. An account may have many thousands, so no more are asked for than are shown. Bound to the component that makes it.
 */
export class VehicleChoices {
  /** What is typed. */
  text = $state('');
  readonly #query: ReturnType<typeof liveQuery<FoundVehicles>>;

  constructor(chosen: () => string | undefined = () => undefined) {
    this.#query = liveQuery(async () => {
      const [text, id] = [this.text, chosen()];
      const answer = await call('vehicles.list', {
        text,
        ...(id !== undefined && { chosen: id }),
        offset: 0,
        limit: SHOWN,
      });
      return answer.ok ? { ok: true, value: { ...answer.value, text } } : answer;
    }, ['vehicles', 'orders']);
  }

  /** While something else is looked for, what was found before. */
  get found(): FoundVehicles | undefined {
    return this.#query.value;
  }

  get error(): AppError | undefined {
    return this.#query.error;
  }

  retry(): void {
    this.#query.retry();
  }
}
