import type { Page } from '@playwright/test';
import type { MutationCall } from '#shared/ipc/changes.ts';
import { AccountPage } from './pages/account-page.ts';
import { expect, test } from './pages/devices.ts';

test.describe.configure({ timeout: 180_000 });

/** Makes a change without its screen, where the change is not what the test is about. */
async function make(page: Page, request: MutationCall): Promise<void> {
  const answer = await page.evaluate((call) => window.oscaro.calls['changes.make'](call), request);
  expect(answer).toMatchObject({ ok: true, value: { made: true } });
}

/** Sends what waits, reads what is new. A try that was under way before the network came back may still fail. */
async function sync(page: Page): Promise<void> {
  const now = () => page.evaluate(() => window.oscaro.calls['sync.now'](undefined));
  await expect.poll(now).toMatchObject({ ok: true, value: { phase: 'idle', changes: { waiting: 0 } } });
}

async function factsOf(page: Page, id: string): Promise<(string | undefined)[]> {
  const answer = await page.evaluate((of) => window.oscaro.calls['vehicles.get']({ id: of }), id);
  return answer.ok ? [answer.value.vehicle.engine, answer.value.vehicle.notes] : [];
}

test('a field of the profile changed on two computers keeps the value that the person takes', async ({
  device,
  network,
  service,
}) => {
  const here = await device({ serviceUrl: network.url });
  const there = await device({ serviceUrl: service.url });
  const [mine, theirs] = [new AccountPage(here.page), new AccountPage(there.page)];
  const meet = async (ours: string, other: string): Promise<void> => {
    await mine.open();
    network.cut();
    await mine.retype('Prénom', ours);
    await expect(mine.profile.getByText('pas encore envoyé')).toBeAttached();
    await theirs.open();
    await theirs.retype('Prénom', other);
    await sync(there.page);
    network.back();
    await sync(here.page);
    await here.changes.open();
    await expect(here.changes.toDecide.getByRole('listitem')).toHaveCount(1);
  };
  const side = (name: 'Votre modification' | 'Sur le compte') =>
    here.changes.side(here.changes.toDecide, name);

  await meet('Agathe', 'Brune');
  await expect(side('Votre modification')).toContainText('Agathe');
  await expect(side('Sur le compte')).toContainText('Brune');
  await side('Votre modification').getByRole('button', { name: 'Garder la mienne' }).click();
  await expect(here.changes.nothing).toBeVisible();
  await sync(there.page);
  await expect(theirs.profile.getByRole('button', { name: 'Prénom' })).toContainText('Agathe');

  await meet('Claire', 'Diane');
  await side('Sur le compte').getByRole('button', { name: 'Prendre celle du compte' }).click();
  await expect(here.changes.nothing).toBeVisible();
  await mine.open();
  await expect(mine.profile.getByRole('button', { name: 'Prénom' })).toContainText('Diane');
});

test('refused changes are all let go after a question, or all sent again and taken back', async ({
  device,
  network,
  service,
}) => {
  const here = await device({ serviceUrl: network.url });
  const there = await device({ serviceUrl: service.url });
  const { changes, frame, page } = here;
  const id = await page.evaluate(() => crypto.randomUUID().replace(/^(.{14})./, '$17'));
  const vehicle = { plate: 'ZW-481-KX', make: 'Peugeot', model: '308' };
  const add = async (): Promise<void> => {
    await make(there.page, { name: 'vehicle.add', args: { id, vehicle } });
    await sync(there.page);
    await sync(page);
  };
  /** Two changes to a vehicle that the other computer has taken away meanwhile. */
  const beRefused = async (): Promise<void> => {
    await add();
    network.cut();
    await make(page, { name: 'vehicle.setField', args: { id, field: 'engine', value: '1.5 BlueHDi' } });
    await make(page, { name: 'vehicle.setField', args: { id, field: 'notes', value: 'Bruit à froid' } });
    await make(there.page, { name: 'vehicle.remove', args: { vehicles: [{ id, vehicle }] } });
    await sync(there.page);
    network.back();
    await sync(page);
    await changes.open();
    await expect(changes.refused.getByRole('listitem')).toHaveCount(2);
    await expect(changes.refused).toContainText('Cet élément n’existe plus.');
  };

  await beRefused();
  await expect(changes.forAll(changes.refused, 'Tout renvoyer'), 'nothing could accept them').toHaveCount(0);
  await changes.forAll(changes.refused, 'Tout laisser').click();
  const question = frame.dialog('Laisser toutes les modifications refusées ?');
  await expect(question).toContainText('2 modifications refusées seront oubliées');
  await question.getByRole('button', { name: 'Annuler' }).click();
  await expect(changes.refused.getByRole('listitem')).toHaveCount(2);
  await changes.forAll(changes.refused, 'Tout laisser').click();
  await question.getByRole('button', { name: 'Tout laisser' }).click();
  await expect(frame.toasts).toContainText('2 modifications laissées.');
  await expect(changes.nothing).toBeVisible();

  await beRefused();
  await add();
  await changes.forAll(changes.refused, 'Tout renvoyer').click();
  await expect(frame.toasts).toContainText('2 modifications renvoyées.');
  await expect(changes.nothing).toBeVisible();
  await sync(there.page);
  await expect.poll(() => factsOf(there.page, id)).toEqual(['1.5 BlueHDi', 'Bruit à froid']);
  await frame.toasts
    .locator('.toast')
    .filter({ hasText: 'renvoyées' })
    .getByRole('button', { name: 'Annuler' })
    .click();
  await expect.poll(() => factsOf(page, id)).toEqual([undefined, undefined]);
});
