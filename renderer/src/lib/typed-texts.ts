import type { TypedTexts } from '#shared/ipc/typed-texts.ts';
import { call } from './api.ts';

/** Of the account that this page shows. */
let texts: TypedTexts = {};
let unkept: TypedTexts = {};
let keeping = false;

/** Reads what was typed and left, before anything shows it. What cannot be read is not there: the screens tell what is wrong. */
export async function loadTypedTexts(): Promise<void> {
  const result = await call('typed.get');
  if (result.ok) texts = result.value;
}

export function typedText<N extends keyof TypedTexts>(name: N): TypedTexts[N] {
  return texts[name];
}

/** Shown again after a restart. Each answer is waited for, so that fast typing becomes few writes. */
export function keepTyped<N extends keyof TypedTexts>(name: N, value: NonNullable<TypedTexts[N]>): void {
  if (JSON.stringify(value) === JSON.stringify(texts[name] ?? '')) return;
  texts = { ...texts, [name]: value };
  unkept = { ...unkept, [name]: value };
  if (!keeping) void keepAll();
}

/** What cannot be kept is there as long as this page is: nobody can do anything about it while typing. */
async function keepAll(): Promise<void> {
  keeping = true;
  while (Object.keys(unkept).length > 0) {
    const next = unkept;
    unkept = {};
    await call('typed.keep', next);
  }
  keeping = false;
}
