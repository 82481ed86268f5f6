import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from '#test/support/axe.ts';
import { temporaryFolder } from '#test/support/electron.ts';
import { startFaultyProxy } from '#test/support/faulty-proxy.ts';
import { EntryPage, GOOD_PASSWORD } from './pages/entry-page.ts';
import { Frame } from './pages/frame.ts';
import { codeIn, expect, linkIn, test } from './pages/mailbox.ts';

const someone = (): string => `zoe-${randomUUID().slice(0, 8)}@example.org`;

test('an account is opened with the code of the mail, and signed in', async ({ start, mailbox }) => {
  const email = someone();
  const { page } = await start();
  const entry = new EntryPage(page);
  await entry.signUp(email);
  await expect(entry.title('Consultez vos e-mails')).toBeVisible();
  const mail = await mailbox.newest(email);
  await entry.code.fill(codeIn(mail).toLowerCase());
  await entry.button('Activer mon compte').click();
  await expect(new Frame(page).title(/^Bonjour, Zoé/)).toBeVisible();
});

test('what is missing or wrong is said beside its field, and the rule is followed as one types', async ({
  start,
}) => {
  const { page } = await start();
  const entry = new EntryPage(page);
  await entry.openSignUp();
  await entry.button('Créer mon compte').click();
  await expect(entry.firstName).toBeFocused();
  await expect(entry.firstName).toHaveAccessibleDescription(/À remplir/);
  await expect(entry.email).toHaveAccessibleDescription(/Saisissez l’adresse e-mail/);
  await entry.fillPerson('zoe@incomplet', 'tilfur1!');
  await expect(entry.email).toHaveAccessibleDescription(/n’est pas complète/);
  const rule = (text: string) => entry.rules.filter({ hasText: text });
  await expect(rule('8 caractères au moins')).toContainText('(respecté)');
  await expect(rule('Un chiffre')).toContainText('(respecté)');
  await expect(rule('Sans votre nom')).toContainText('(non respecté)');
  await entry.password.fill('azerty123!');
  await expect(rule('Pas un mot de passe courant')).toContainText('(non respecté)');
  await expect(page.getByText(/Solidité.*très faible/)).toBeVisible();
  await entry.password.fill(GOOD_PASSWORD);
  await expect(rule('Pas un mot de passe courant')).toContainText('(respecté)');
  await expect(page.getByText(/Solidité.*excellente/)).toBeVisible();
});

test('a garage has its company checked, and its VAT number proposed', async ({ start, mailbox }) => {
  const email = someone();
  const { page } = await start();
  const entry = new EntryPage(page);
  await entry.openSignUp();
  await page.getByText('Un garage', { exact: true }).click();
  await page.getByLabel('Raison sociale').fill('Garage du Viaduc');
  await page.getByLabel('SIREN').fill('732 829 321');
  await expect(page.getByLabel('SIREN')).toHaveAccessibleDescription(/un de ses chiffres est faux/);
  await page.getByLabel('SIREN').fill('732 829 320');
  await expect(page.getByLabel('N° de TVA')).toHaveValue('FR44732829320');
  await entry.fillPerson(email);
  await entry.button('Créer mon compte').click();
  await entry.code.fill(codeIn(await mailbox.newest(email)));
  await page.keyboard.press('Enter');
  await expect(new Frame(page).navigation).toBeVisible();
});

test('without a network nothing typed is lost', async ({ start }) => {
  const { page } = await start({ serviceUrl: 'http://127.0.0.1:9' });
  const entry = new EntryPage(page);
  await entry.signUp('zoe@example.org');
  await expect(entry.problem).toContainText('Pas de réponse du réseau.');
  await expect(entry.problem).toContainText('Rien de ce que vous avez saisi n’est perdu');
  await entry.button('Retour à la connexion').click();
  await entry.openSignUp();
  await expect(entry.lastName).toHaveValue('Tilfur');
  await expect(entry.password).toHaveValue(GOOD_PASSWORD);
});

test('who goes back before the answer is told of the account that waits, and stays where they are', async ({
  start,
  service,
}) => {
  const proxy = await startFaultyProxy(service.url);
  const answer = Promise.withResolvers<undefined>();
  proxy.rule = ({ path }) => (path === '/v1/accounts' ? { kind: 'hold', until: answer.promise } : undefined);
  try {
    const email = someone();
    const { page } = await start({ serviceUrl: proxy.url });
    const entry = new EntryPage(page);
    await entry.signUp(email);
    await expect.poll(() => proxy.count('/v1/accounts')).toBe(1);
    await entry.button('Retour à la connexion').click();
    await expect(entry.button('Reprendre')).toBeHidden();
    answer.resolve(undefined);
    await expect(page.getByText(email)).toBeVisible();
    await entry.button('Reprendre').click();
    await expect(entry.title('Consultez vos e-mails')).toBeVisible();
  } finally {
    await proxy.close();
  }
});

test('waiting for the mail survives a restart, without the password on the disk', async ({
  start,
  mailbox,
}) => {
  const email = someone();
  const userData = await temporaryFolder();
  const first = await start({ userData });
  await new EntryPage(first.page).signUp(email);
  await expect(new EntryPage(first.page).title('Consultez vos e-mails')).toBeVisible();
  await first.close();
  for (const name of readdirSync(userData, { recursive: true, encoding: 'utf8' })) {
    if (/\.(json|log|secret)$/.test(name)) {
      expect(readFileSync(join(userData, name), 'utf8')).not.toContain(GOOD_PASSWORD);
    }
  }
  const { page } = await start({ userData });
  const entry = new EntryPage(page);
  await expect(page.getByText(email)).toBeVisible();
  await entry.button('Changer d’adresse').click();
  await expect(entry.lastName).toHaveValue('Tilfur');
  await expect(entry.email).toHaveValue(email);
  await expect(entry.password).toHaveValue('');
  await entry.button('Retour à la connexion').click();
  await entry.button('Reprendre').click();
  await entry.code.fill('AAAA 2222');
  await page.keyboard.press('Enter');
  await expect(entry.code).toHaveAccessibleDescription(/Ce code n’est pas le bon/);
  await entry.code.fill(codeIn(await mailbox.newest(email)));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Votre compte est activé. Connectez-vous.')).toBeVisible();
  await expect(entry.password).toBeFocused();
  await page.keyboard.type(GOOD_PASSWORD);
  await page.keyboard.press('Enter');
  await expect(new Frame(page).title(/^Bonjour, Zoé/)).toBeVisible();
  expect(readdirSync(join(userData, 'accounts'))).not.toContain('sign-up.json');
});

test('an account that is not active is said to be so at sign-in, and its link does as well as its code', async ({
  start,
  service,
  mailbox,
}) => {
  const email = someone();
  const { page, signIn } = await start();
  const entry = new EntryPage(page);
  await entry.signUp(email);
  await entry.button('Retour à la connexion').click();
  await entry.button('Abandonner').click();
  await signIn.signIn(email, GOOD_PASSWORD);
  await expect(page.getByText(/n’est pas encore activé/)).toBeVisible();
  await entry.button('J’ai ouvert le lien').click();
  await expect(entry.problem).toContainText('Ouvrez d’abord le lien du message.');
  const token = linkIn(await mailbox.newest(email)).searchParams.get('token');
  const opened = await fetch(`${service.url}/v1/accounts/activation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'oscaro-protocol': '2' },
    body: JSON.stringify({ token }),
  });
  expect(opened.status).toBe(204);
  await entry.button('J’ai ouvert le lien').click();
  await expect(new Frame(page).title(/^Bonjour, Zoé/)).toBeVisible();
});

test('an account is opened with the keyboard alone, in English', async ({ start, mailbox }) => {
  const email = someone();
  const { page } = await start({ env: { OSCARO_LANG: 'en' } });
  await expect(page.getByLabel('E-mail address')).toBeFocused();
  await page.getByRole('button', { name: 'Create an account' }).press('Enter');
  await expect(page.getByRole('radio', { name: 'A private customer' })).toBeFocused();
  const keys = ['Zoe', 'Tilfur', email, GOOD_PASSWORD];
  for (const text of keys) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  const mail = await mailbox.newest(email);
  await expect(page.getByLabel('Code of the message')).toBeFocused();
  await page.keyboard.type(codeIn(mail));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no form has a fault that axe can find, ${theme}`, async ({ start }) => {
    const { page } = await start();
    const entry = new EntryPage(page);
    await page.evaluate((wanted) => window.oscaro.calls['settings.set']({ theme: wanted }), theme);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await entry.openSignUp();
    await page.getByText('Un garage', { exact: true }).click();
    await entry.button('Créer mon compte').click();
    await entry.password.fill('azerty123!');
    await expect(page.getByText(/Solidité/)).toBeVisible();
    expect(await findings(page), 'sign-up').toEqual([]);
    await page.getByText('Un particulier', { exact: true }).click();
    await entry.fillPerson(someone());
    await entry.button('Créer mon compte').click();
    await expect(entry.code).toBeVisible();
    expect(await findings(page), 'check mail').toEqual([]);
    await entry.button('Retour à la connexion').click();
    expect(await findings(page), 'sign-in').toEqual([]);
    await entry.button('Mot de passe oublié').click();
    await entry.button('Envoyer le message').click();
    await expect(entry.newPassword).toBeVisible();
    expect(await findings(page), 'forgotten password').toEqual([]);
  });
}
