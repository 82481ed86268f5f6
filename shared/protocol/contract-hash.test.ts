import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entitySchemas } from '../domain/entities.ts';
import {
  AccountData,
  AccountSafety,
  ConsentHistory,
  DeletionRequest,
  EmailChange,
  EmailConfirmation,
  EmailConfirmed,
  PasswordChange,
  SessionList,
  SignInVerdict,
} from './account.ts';
import { ServiceError } from './errors.ts';
import { Health } from './health.ts';
import { PullQuery, PullResponse } from './pull.ts';
import { PriceRequest, PriceResponse } from './prices.ts';
import { PushRequest, PushResponse } from './push.ts';
import { RefreshRequest, SignInRequest, SignInResponse, Tokens } from './sessions.ts';
import { MailOnItsWay, MailProof, MailRequest, ResetRequest, SignUpRequest } from './sign-up.ts';
import { PROTOCOL_VERSION } from './version.ts';

/**
 * What each protocol version looks like on the wire, by hash. When this fails, the contract changed: if an older peer can
 * still read every message, replace the hash of the current version; otherwise make the version grow and add a line.
 */
const hashes: Record<number, string> = {
  1: '3f94e655c16e7f75',
  2: 'be592b30f7ce7d50',
  3: '9f1860e0d924a66f',
};

function contractHash(): string {
  const schemas = {
    ...entitySchemas,
    ServiceError,
    Health,
    PullQuery,
    PullResponse,
    PushRequest,
    PushResponse,
    PriceRequest,
    PriceResponse,
    SignInRequest,
    SignInResponse,
    RefreshRequest,
    Tokens,
    SignUpRequest,
    MailOnItsWay,
    MailRequest,
    ActivationRequest: MailProof,
    ResetRequest,
    AccountSafety,
    PasswordChange,
    EmailChange,
    EmailConfirmation,
    EmailConfirmed,
    SessionList,
    SignInVerdict,
    DeletionRequest,
    ConsentHistory,
    AccountData,
  };
  const described = Object.entries(schemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input' }),
  ]);
  return createHash('sha256').update(JSON.stringify(described)).digest('hex').slice(0, 16);
}

describe('the contract', () => {
  it('is the one that its version number stands for', () => {
    expect(contractHash()).toBe(hashes[PROTOCOL_VERSION]);
  });
});
