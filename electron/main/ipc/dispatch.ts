import { calls, type Handlers } from '#shared/ipc/contract.ts';
import { fail, type Result } from '#shared/ipc/errors.ts';
import { Uuid } from '#shared/domain/ids.ts';
import type { CallName } from '#shared/ipc/names.ts';
import { describeError, type Log } from '#main/platform/logging.ts';

export type Dispatch = (name: CallName, input: unknown, accountId?: unknown) => Promise<Result<unknown>>;

/**
 * From an untrusted value to a typed handler and back. Input is always parsed. Output is parsed outside of packaged
 * apps only: a mismatch is a bug of ours, found by tests, and parsing every row that is shown would cost the main
 * thread more than reading it. A call that says which account it means gets the handlers for that one.
 */
export function createDispatch(
  handlersOf: (accountId: string | undefined) => Handlers<CallName>,
  log: Log,
  options: { checkOutput: boolean },
): Dispatch {
  return async (name, input, accountId) => {
    const schemas = calls[name];
    const parsed = schemas.input.safeParse(input);
    if (!parsed.success) {
      const where = parsed.error.issues.map((issue) => issue.path.join('.') || '(input)').join(', ');
      log('warn', 'a call had invalid input', { call: name, where });
      return fail('invalid_input', { detail: `${name}: ${where}`.slice(0, 1000) });
    }
    const account = Uuid.optional().safeParse(accountId);
    if (!account.success) return fail('invalid_input', { detail: `${name}: account` });
    try {
      // The table ties each handler to the schema of its own name; the union over names is beyond the type system.
      const handle = handlersOf(account.data)[name] as (
        input: unknown,
      ) => Promise<Result<unknown>> | Result<unknown>;
      const result = await handle(parsed.data);
      if (result.ok && options.checkOutput) {
        const output = schemas.output.safeParse(result.value);
        if (!output.success) {
          const issues = output.error.issues
            .slice(0, 5)
            .map((issue) => `${issue.path.join('.')}: ${issue.code}`);
          log('error', 'a call had invalid output', { call: name, issues: issues.join('; ') });
          return fail('internal', { detail: `${name}: invalid output: ${issues.join('; ')}`.slice(0, 1000) });
        }
      }
      return result;
    } catch (error) {
      log('error', 'a call failed unexpectedly', { call: name, error: describeError(error) });
      return fail('internal', { detail: name });
    }
  };
}
