import type { z } from 'zod';

export type Check = (value: unknown) => boolean;

/** As much of zod's description of a schema as is understood here (zod 4, `_zod.def`). */
interface Def {
  type: string;
  check?: string;
  format?: string;
  pattern?: RegExp;
  minimum?: number;
  maximum?: number;
  value?: unknown;
  inclusive?: boolean;
  checks?: { _zod: { def: Def } }[];
  shape?: Record<string, z.ZodType>;
  catchall?: unknown;
  element?: z.ZodType;
  innerType?: z.ZodType;
  items?: z.ZodType[];
  rest?: z.ZodType | null;
  entries?: Record<string, string | number>;
  values?: unknown[];
  options?: z.ZodType[];
}

/**
 * The yes or no of a zod schema as plain functions, some ten times as fast: a first sync checks a hundred fields in each of ten thousand
 * orders. The schemas stay the only definition; whatever is not understood here is left to zod itself.
 */
export function checkOf(schema: z.ZodType): Check {
  const def = schema._zod.def as unknown as Def;
  return fast(def) ?? ((value) => schema.safeParse(value).success);
}

function fast(def: Def): Check | undefined {
  const checks = [
    ...(def.check === undefined ? [] : [ruleOf(def)]),
    ...(def.checks ?? []).map((check) => ruleOf(check._zod.def)),
  ];
  const rules: Check[] = [];
  for (const rule of checks) {
    if (!rule) return undefined;
    rules.push(rule);
  }
  if (isLowerUuid(def))
    return (value) =>
      typeof value === 'string' && (LOWER_UUID.test(value) || rules.every((rule) => rule(value)));
  const kind = kindOf(def);
  if (!kind || rules.length === 0) return kind;
  const [first, second, third] = rules as [Check, Check?, Check?];
  if (!second) return (value) => kind(value) && first(value);
  if (!third) return (value) => kind(value) && first(value) && second(value);
  return (value) => kind(value) && rules.every((rule) => rule(value));
}

/** Nearly every id, in one pass; the few others that are right (nil and max) go through the rules. A tenth of all fields are ids. */
const LOWER_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function isLowerUuid(def: Def): boolean {
  return (
    def.type === 'string' &&
    def.format === 'uuid' &&
    (def.checks ?? []).every(({ _zod }) => _zod.def.format === 'lowercase')
  );
}

function kindOf(def: Def): Check | undefined {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'enum':
      return def.entries && memberOf(Object.values(def.entries));
    case 'literal':
      return def.values && memberOf(def.values);
    case 'unknown':
      return () => true;
    case 'union':
      return def.options && union(def.options.map(checkOf));
    case 'optional':
      return def.innerType && optional(checkOf(def.innerType));
    case 'array':
      return def.element && arrayOf(checkOf(def.element));
    case 'tuple':
      return def.items && tuple(def.items, def.rest);
    case 'object':
      // A catch-all makes a difference for keys that the shape does not name.
      return def.shape && def.catchall === undefined ? object(def.shape) : undefined;
    default:
      return undefined;
  }
}

/** One condition on a value whose kind is right. */
function ruleOf(def: Def): Check | undefined {
  const { minimum, maximum, value: bound, inclusive, pattern } = def;
  switch (def.check) {
    case 'min_length':
      return minimum === undefined ? undefined : (value) => (value as { length: number }).length >= minimum;
    case 'max_length':
      return maximum === undefined ? undefined : (value) => (value as { length: number }).length <= maximum;
    case 'greater_than':
      if (typeof bound !== 'number') return undefined;
      return inclusive === true
        ? (value) => (value as number) >= bound
        : (value) => (value as number) > bound;
    case 'less_than':
      if (typeof bound !== 'number') return undefined;
      return inclusive === true
        ? (value) => (value as number) <= bound
        : (value) => (value as number) < bound;
    case 'number_format':
      return def.format === 'safeint' ? (value) => Number.isSafeInteger(value) : undefined;
    case 'string_format':
      return pattern && !pattern.global && !pattern.sticky && PATTERN_IS_ALL.has(def.format ?? '')
        ? (value) => pattern.test(value as string)
        : undefined;
    default:
      return undefined;
  }
}

/** Formats that are nothing more than their pattern. A URL, for one, is parsed. */
const PATTERN_IS_ALL = new Set(['uuid', 'date', 'datetime', 'email', 'regex', 'lowercase']);

function memberOf(values: readonly unknown[]): Check {
  const members = new Set<unknown>(values);
  return (value) => members.has(value);
}

/** Discriminated or not: the word that tells the kinds apart is one of the fields that each of them checks. */
function union(options: readonly Check[]): Check {
  return (value) => options.some((option) => option(value));
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function arrayOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!check(item)) return false;
    return true;
  };
}

function tuple(items: readonly z.ZodType[], rest: z.ZodType | null | undefined): Check {
  const checks = items.map(checkOf);
  const others = rest ? checkOf(rest) : undefined;
  return (value) => {
    if (!Array.isArray(value) || value.length < checks.length) return false;
    if (!others && value.length > checks.length) return false;
    return value.every((item, index) => (checks[index] ?? others)?.(item) ?? false);
  };
}

function object(shape: Record<string, z.ZodType>): Check {
  const fields = Object.entries(shape).map(([key, schema]) => ({ key, check: checkOf(schema) }));
  // A field that may be anything must be there all the same, unless it is called optional.
  const present = fields.filter(
    ({ key, check }) => shape[key]?._zod.def.type !== 'optional' && check(undefined),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const { key, check } of fields) if (!check((value as Record<string, unknown>)[key])) return false;
    return present.every(({ key }) => key in value);
  };
}
