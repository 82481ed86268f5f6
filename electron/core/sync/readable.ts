import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EntityType } from '#shared/domain/entities.ts';
import { entitySchemas, entityTypes, isEntityType } from '#shared/domain/entities.ts';
import type { Checked } from '../db/entities.ts';
import type { Check } from './shape.ts';
import { checkOf } from './shape.ts';

/** A put of the change feed before anyone looked into its value. */
export interface RawPut {
  type: string;
  id: string;
  rev: number;
  value: unknown;
  body: Uint8Array;
}

/** The put with its value known to fit its type; undefined when this version cannot read it. */
export function readEntity(put: RawPut): Checked | undefined {
  if (!isEntityType(put.type)) return undefined;
  const check = (checks[put.type] ??= checkOf(entitySchemas[put.type]));
  return check(put.value) ? (put as Checked) : undefined;
}

const checks: Partial<Record<EntityType, Check>> = {};

let fingerprint: string | undefined;

/** Stands for what this version can read. Another one than before means that what was skipped may be readable now. */
export function schemaFingerprint(): string {
  fingerprint ??= createHash('sha256')
    .update(
      JSON.stringify(
        entityTypes.map((type) => [type, z.toJSONSchema(entitySchemas[type], { unrepresentable: 'any' })]),
      ),
    )
    .digest('hex')
    .slice(0, 16);
  return fingerprint;
}
