import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailKind } from '#service/mail/mail.ts';
import { frenchVatNumber } from '#shared/domain/company-numbers.ts';
import { routes } from '#shared/protocol/routes.ts';
import { MailOnItsWay, type SignUpRequest } from '#shared/protocol/sign-up.ts';
import { mailTo, mailsTo, tokenIn } from '#test/support/mails.ts';
import { startService, type RunningService } from '#test/support/service.ts';
import { call, device, expectError, manualClock, pullAll, signIn } from './client.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'cheval correct, pile 4';
const clock = manualClock();
let running: RunningService;

beforeAll(async () => {
  running = await startService({ clock, trustProxy: ['127.0.0.1'] });
});
afterAll(() => running.close());
// Two days later, every counter has been forgotten.
beforeEach(() => clock.advance(48 * HOUR_MS));

const person = (over: Partial<SignUpRequest> = {}): SignUpRequest => ({
  kind: 'private',
  email: 'lea@example.org',
  password: PASSWORD,
  firstName: 'Léa',
  lastName: 'Roux',
  language: 'fr',
  consents: {},
  ...over,
});

let caller = 0;
/** Posts as if from this network; each call comes from another one unless it says so. */
const post = (path: string, json: unknown, from = `10.0.${(caller += 1) >> 8}.${caller & 255}`) =>
  call(running.url, path, { json, headers: { 'x-forwarded-for': from } });

async function ask(over: Partial<SignUpRequest> = {}, from?: string): Promise<MailOnItsWay> {
  const response = await post(routes.signUp, person(over), from);
  expect(response.status).toBe(202);
  return MailOnItsWay.parse(await response.json());
}
const activate = (proof: unknown, from?: string) => post(routes.activation, proof, from);
const tryIn = (email: string, password: string) => post(routes.signIn, { email, password, device });
const kindsTo = async (email: string): Promise<MailKind[]> =>
  (await mailsTo(running, email)).map(({ kind }) => kind);

describe('signing up', () => {
  it('sends a mail, and opens the account when its link was followed', async () => {
    const email = 'first@example.org';
    expect(
      await ask({ email: 'First@Example.org', consents: { offers_email: true, partners: false } }),
    ).toEqual({
      againInSeconds: 60,
    });
    const mail = await mailTo(running, email, 'activation');
    expect(mail).toMatchObject({ language: 'fr', firstName: 'Léa', hours: 24 });
    expect(mail.link).toMatch(new RegExp(`^${running.url}/activation\\?token=omt_[\\w-]{43}&lang=fr$`));
    await expectError(await tryIn(email, PASSWORD), 403, 'not_activated');
    await expectError(await tryIn(email, `${PASSWORD}!`), 401, 'invalid_credentials');
    const askedAt = new Date(clock.now()).toISOString();
    clock.advance(HOUR_MS);
    expect((await activate({ token: tokenIn(mail.link) })).status).toBe(204);
    const session = await signIn(running.url, email, PASSWORD);
    expect(session.account).toMatchObject({ kind: 'private', email, displayName: 'Léa Roux' });
    const [page] = await pullAll(running.url, session.accessToken);
    expect(page!.changes).toMatchObject([
      {
        type: 'profile',
        id: session.account.id,
        value: {
          email,
          firstName: 'Léa',
          lastName: 'Roux',
          language: 'fr',
          consents: {
            offers_email: { granted: true, at: askedAt },
            partners: { granted: false, at: askedAt },
          },
        },
      },
    ]);
  });

  it('takes a garage with its company, and keeps where its consents came from', async () => {
    const email = 'atelier@example.org';
    const company = { name: 'Atelier Sud', siren: '999999063', vatNumber: frenchVatNumber('999999063') };
    await ask({ kind: 'garage', email, company, consents: { statistics: true } });
    await activate({ token: tokenIn((await mailTo(running, email, 'activation')).link) });
    const { account } = await signIn(running.url, email, PASSWORD);
    expect(account).toMatchObject({ kind: 'garage', displayName: 'Atelier Sud' });
    const choices = await running.service.store.db
      .selectFrom('consent_choices')
      .innerJoin('accounts', 'accounts.key', 'account_key')
      .select(['purpose', 'granted', 'source'])
      .where('accounts.id', '=', account.id)
      .execute();
    expect(choices).toEqual([{ purpose: 'statistics', granted: 1, source: 'sign_up' }]);
  });

  it.each([
    ['a garage without a company', { kind: 'garage' }],
    [
      'a private customer with one',
      { company: { name: 'x', siren: '999999063', vatNumber: 'FR00999999063' } },
    ],
    ['an address that is none', { email: 'lea@' }],
    ['a name of blanks', { firstName: '  ' }],
    ['a name that turns the line round', { lastName: 'Roux\u202e' }],
    ['two lines for a name', { firstName: 'Léa\r\nBcc: x@y.z' }],
    ['a consent to something else', { consents: { everything: true } }],
    ['an endless password', { password: 'x'.repeat(1001) }],
    ['an unknown field', { admin: true }],
  ])('refuses %s', async (_name, over) => {
    await expectError(await post(routes.signUp, { ...person(), ...over }), 400, 'invalid_request');
  });

  it.each([
    ['abc', ['too_short', 'no_digit', 'no_special']],
    ['Motdepasse-1!', ['too_common']],
    ['oscaro-2026', ['too_common']],
    ['Roux-de-Lyon-69', ['own_data']],
    ['weak-atelier-5', ['own_data']],
  ])('says what is wrong with "%s", whoever asks', async (password, problems) => {
    const email = 'weak@example.org';
    const error = await expectError(
      await post(routes.signUp, person({ email, password })),
      422,
      'weak_password',
    );
    expect(error.passwordProblems).toEqual(problems);
    expect(await kindsTo(email)).toEqual([]);
  });

  it('answers an address that has an account just the same, and tells its owner', async () => {
    const email = 'taken@example.org';
    await running.createAccount({ email, password: 'right' });
    const free = await post(routes.signUp, person({ email: 'free@example.org' }));
    const taken = await post(routes.signUp, person({ email }));
    expect([taken.status, await taken.json()]).toEqual([free.status, await free.json()]);
    expect(await kindsTo(email)).toEqual(['already_customer']);
    await expectError(await tryIn(email, PASSWORD), 401, 'invalid_credentials');
    const { resetLink } = await mailTo(running, email, 'already_customer');
    const proof = { token: tokenIn(resetLink) };
    expect((await activate(proof)).status).toBe(410);
    expect((await post(routes.resetPassword, { proof, password: 'tout autre chose 3' })).status).toBe(204);
  });

  it('keeps no password, token or code in clear', async () => {
    const email = 'clear@example.org';
    await ask({ email });
    const { link, code } = await mailTo(running, email, 'activation');
    const { db } = running.service.store;
    const dump = JSON.stringify([
      await db.selectFrom('sign_ups').selectAll().execute(),
      await db.selectFrom('mail_proofs').selectAll().execute(),
    ]);
    expect(dump).toContain('$argon2id$');
    for (const secret of [PASSWORD, tokenIn(link), code]) expect(dump).not.toContain(secret);
  });
});

describe('a stranger who signs up with my address', () => {
  it('gets nothing from my activation: each mail opens what was asked for with it', async () => {
    const email = 'mine@example.org';
    await ask({ email }, '198.51.100.1');
    await ask({ email, password: 'mot de l’intrus 9', firstName: 'Mallory' }, '203.0.113.1');
    const [mine, theirs] = await mailsTo(running, email);
    expect([mine, theirs]).toMatchObject([{ firstName: 'Léa' }, { firstName: 'Mallory' }]);
    await expectError(await tryIn(email, 'mot de l’intrus 9'), 403, 'not_activated');
    await expectError(await tryIn(email, PASSWORD), 403, 'not_activated');
    if (mine?.kind !== 'activation' || theirs?.kind !== 'activation') throw new Error('other mails');
    expect((await activate({ token: tokenIn(mine.link) })).status).toBe(204);
    expect((await tryIn(email, PASSWORD)).status).toBe(201);
    await expectError(await tryIn(email, 'mot de l’intrus 9'), 401, 'invalid_credentials');
    const late = await expectError(await activate({ token: tokenIn(theirs.link) }), 410, 'link_invalid');
    expect(late.linkProblem).toBe('used');
  });

  it('does not get their mail sent when I ask for mine again', async () => {
    const email = 'again@example.org';
    await ask({ email }, '198.51.100.1');
    await ask({ email, firstName: 'Mallory' }, '203.0.113.1');
    clock.advance(60_000);
    await post(routes.activationMail, { email, language: 'en' }, '198.51.100.1');
    expect((await mailsTo(running, email)).at(-1)).toMatchObject({
      kind: 'activation',
      firstName: 'Léa',
      language: 'en',
    });
  });

  it('cannot push my own wish out by wishing it a hundred times', async () => {
    const email = 'crowd@example.org';
    await ask({ email });
    const mine = await mailTo(running, email, 'activation');
    for (let i = 0; i < 100; i += 1) await ask({ email, firstName: 'Mallory' });
    const kept = await running.service.store.db
      .selectFrom('sign_ups')
      .select('id')
      .where('email', '=', email)
      .execute();
    expect(kept).toHaveLength(8 + 20);
    expect((await activate({ token: tokenIn(mine.link) })).status).toBe(204);
  });
});

describe('an activation', () => {
  const fresh = async (email: string) => {
    await ask({ email });
    return mailTo(running, email, 'activation');
  };

  it('is good once', async () => {
    const { link, code } = await fresh('once@example.org');
    const token = tokenIn(link);
    expect((await activate({ token })).status).toBe(204);
    for (const proof of [{ token }, { email: 'once@example.org', code }]) {
      const error = await expectError(await activate(proof), 410, 'link_invalid');
      expect(error.linkProblem).toBe('used');
    }
  });

  it('is good once also when it is sent many times at the same moment', async () => {
    const { link } = await fresh('race@example.org');
    const answers = await Promise.all(Array.from({ length: 10 }, () => activate({ token: tokenIn(link) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(9).fill(410)]);
  });

  it('is over after 24 hours; another can be asked for without typing everything again', async () => {
    const email = 'late@example.org';
    const { link, code } = await fresh(email);
    clock.advance(24 * HOUR_MS);
    for (const proof of [{ token: tokenIn(link) }, { email, code }]) {
      const error = await expectError(await activate(proof), 410, 'link_invalid');
      expect(error.linkProblem).toBe('expired');
    }
    await running.service.tidy();
    expect((await post(routes.activationMail, { email, language: 'fr' })).status).toBe(202);
    const newer = await mailTo(running, email, 'activation');
    expect((await activate({ token: tokenIn(newer.link) })).status).toBe(204);
  });

  it('leaves an older link good when a newer one was sent', async () => {
    const email = 'older@example.org';
    const older = await fresh(email);
    clock.advance(HOUR_MS);
    await post(routes.activationMail, { email, language: 'fr' });
    expect(await kindsTo(email)).toEqual(['activation', 'activation']);
    expect((await activate({ token: tokenIn(older.link) })).status).toBe(204);
  });

  it('is told as unknown when it was made up', async () => {
    for (const proof of [
      { token: `omt_${'A'.repeat(43)}` },
      { email: 'nobody@example.org', code: 'ABCD2345' },
    ]) {
      const error = await expectError(await activate(proof), 410, 'link_invalid');
      expect(error.linkProblem).toBe('unknown');
    }
  });

  it('takes the code as people type it, with the address in any case', async () => {
    const { code } = await fresh('typed@example.org');
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `;
    expect((await activate({ email: 'TYPED@example.org', code: typed })).status).toBe(204);
  });

  it('takes no code of another address', async () => {
    const { code } = await fresh('one@example.org');
    await fresh('two@example.org');
    await expectError(await activate({ email: 'two@example.org', code }), 410, 'link_invalid');
  });

  it('dies as a code after five wrong ones, from wherever; its link is still good, and so is a newer code', async () => {
    const email = 'guessed@example.org';
    const { link, code } = await fresh(email);
    const wrong = code === 'ZZZZZZZZ' ? 'YYYYYYYY' : 'ZZZZZZZZ';
    for (let i = 0; i < 5; i += 1)
      await expectError(await activate({ email, code: wrong }), 410, 'link_invalid');
    const error = await expectError(await activate({ email, code }), 410, 'link_invalid');
    expect(error.linkProblem).toBe('unknown');
    clock.advance(60_000);
    await post(routes.activationMail, { email, language: 'fr' });
    const newer = await mailTo(running, email, 'activation');
    expect((await activate({ email, code: newer.code })).status).toBe(204);
    expect(
      (await expectError(await activate({ token: tokenIn(link) }), 410, 'link_invalid')).linkProblem,
    ).toBe('used');
  });

  it('takes a newer code also when the clock was set back since the wrong ones', async () => {
    const email = 'setback@example.org';
    const { code } = await fresh(email);
    for (let i = 0; i < 5; i += 1)
      await expectError(await activate({ email, code: 'ZZZZZZZZ' }), 410, 'link_invalid');
    clock.advance(-HOUR_MS);
    await post(routes.activationMail, { email, language: 'fr' });
    await expectError(await activate({ email, code }), 410, 'link_invalid');
    const newer = await mailTo(running, email, 'activation');
    expect((await activate({ email, code: newer.code })).status).toBe(204);
  });

  it('makes each further wrong code wait longer', async () => {
    const email = 'slow@example.org';
    await fresh(email);
    const guess = () => activate({ email, code: 'ZZZZZZZZ' }, '192.0.2.9');
    for (let i = 0; i < 5; i += 1) await expectError(await guess(), 410, 'link_invalid');
    const refused = await guess();
    expect(Number(refused.headers.get('retry-after'))).toBe(2);
    await expectError(refused, 429, 'throttled');
  });
});

describe('asking for mails', () => {
  it('answers alike for every address, and writes to those who wait', async () => {
    await running.createAccount({ email: 'has@example.org', password: 'right' });
    await ask({ email: 'waits@example.org' });
    clock.advance(60_000);
    const answers = [];
    for (const email of ['has@example.org', 'waits@example.org', 'nobody@example.org'])
      for (const path of [routes.activationMail, routes.resetMail]) {
        const response = await post(path, { email, language: 'fr' });
        answers.push([response.status, await response.json()]);
      }
    expect(answers).toEqual(Array(6).fill([202, { againInSeconds: 60 }]));
    expect(await kindsTo('has@example.org')).toEqual(['already_customer', 'password_reset']);
    expect(await kindsTo('waits@example.org')).toEqual(['activation', 'activation', 'activation']);
    expect(await kindsTo('nobody@example.org')).toEqual([]);
  });

  it.each(['has-one@example.org', 'has-none@example.org'])(
    'makes who asks too often for %s wait',
    async (email) => {
      if (email.startsWith('has-one')) await running.createAccount({ email, password: 'right' });
      const again = () => post(routes.resetMail, { email, language: 'fr' }, '192.0.2.20');
      const waits: number[] = [];
      for (let i = 0; i < 4; i += 1) {
        expect((await again()).status).toBe(202);
        const refused = await again();
        const { retryAfterSeconds = 0 } = await expectError(refused, 429, 'throttled');
        expect(refused.headers.get('retry-after')).toBe(String(retryAfterSeconds));
        waits.push(retryAfterSeconds);
        clock.advance(retryAfterSeconds * 1000);
      }
      expect(waits).toEqual([60, 120, 240, 480]);
    },
  );

  it('floods no mailbox, however many networks ask, and answers as if it had sent', async () => {
    const email = 'flooded@example.org';
    const answers = [];
    for (let i = 0; i < 30; i += 1) answers.push(await ask({ email, firstName: 'Mallory' }));
    expect(answers).toEqual(Array(30).fill({ againInSeconds: 60 }));
    expect(await kindsTo(email)).toHaveLength(8);
    // Their own new password is another matter.
    clock.advance(HOUR_MS);
    await post(routes.activationMail, { email, language: 'fr' });
    expect(await kindsTo(email)).toHaveLength(9);
  });

  it('slows a network that signs up a thousand', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => {
        const response = await post(routes.signUp, person({ email: `bulk-${i}@example.org` }), '192.0.2.30');
        return response.status;
      }),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(970);
    // Somebody else is not bothered.
    await ask({ email: 'elsewhere@example.org' });
  });

  it('counts requests that come at the same moment', async () => {
    const email = 'burst@example.org';
    const statuses = await Promise.all(
      Array.from(
        { length: 10 },
        async () => (await post(routes.resetMail, { email, language: 'fr' }, '192.0.2.31')).status,
      ),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  });
});

it('forgets accounts that nobody activated, and proofs that nobody will ask for', async () => {
  await ask({ email: 'gone@example.org' });
  clock.advance(40 * 24 * HOUR_MS);
  await running.service.tidy();
  const { db } = running.service.store;
  for (const table of ['sign_ups', 'mail_proofs'] as const)
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
});
