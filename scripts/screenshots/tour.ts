import path from 'node:path';

import { _electron, expect } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';

export type Tour = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly width: number;
  readonly height: number;
  readonly account: string;
  readonly theme: 'light' | 'dark';
  readonly userData: string;
  readonly serviceUrl: string;
  /** Ends the service, as a network that fails would. */
  readonly stopService: () => Promise<void>;
};

type Camera = (name: string) => Promise<void>;

/** From the sign-in screen through every screen with its data, then without the service. */
export function photograph(tour: Tour): Promise<void> {
  return withApp(tour, async (page, shoot) => {
    await page.getByRole('button', { name: tour.account }).waitFor();
    await shoot('sign-in');
    await page.getByRole('button', { name: tour.account }).click();
    await upToDate(page);
    // Machines that take pictures have no keyring; the hint about it is for people who lack one.
    const hint = page.getByRole('button', { name: /^(Compris|Understood|Got it)/ });
    if (await hint.isVisible()) await hint.click();
    await shoot('home');

    await page.keyboard.press('Control+2');
    const list = page.getByRole('listbox').or(page.getByRole('grid')).first();
    await list.waitFor();
    await page.locator('main').getByRole('option').nth(3).click();
    await page.locator('main').getByRole('heading', { level: 2 }).first().waitFor();
    await shoot('orders');

    await page.keyboard.press('Control+3');
    await page.locator('main').getByRole('row').nth(2).waitFor();
    await shoot('invoices');
    await page.locator('main').getByRole('row').nth(2).click();
    await page.getByRole('document').first().getByText('Total TTC').first().waitFor();
    await shoot('invoice');

    await page.keyboard.press('Control+4');
    await page.locator('main').getByRole('option').first().click();
    await page.locator('main').getByRole('article').getByRole('spinbutton').first().waitFor();
    await shoot('baskets');

    await page.keyboard.press('Control+5');
    await page.locator('main').getByRole('option').nth(2).click();
    await page.locator('main').getByRole('article').getByRole('heading', { level: 2 }).first().waitFor();
    await shoot('vehicles');

    await page.keyboard.press('Control+6');
    await page.locator('main').getByRole('switch').first().waitFor();
    await shoot('account');

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').last().fill('brembo');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    await shoot('search');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+,');
    await page.getByRole('dialog').waitFor();
    await shoot('settings');
    await page.keyboard.press('Escape');

    await tour.stopService();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+r');
    await page.getByRole('button', { name: /Réessayer|Try again/ }).waitFor();
    await shoot('offline');

    await page.evaluate(CHANGE_A_FEW_THINGS);
    await page.keyboard.press('Control+7');
    await page.locator('main').getByRole('listitem').nth(2).waitFor();
    await shoot('changes');

    await page.evaluate(`window.oscaro.calls['lock.setCode']({ code: 'clé de douze' })`);
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: /verrouillé|locked/ }).waitFor();
    await shoot('lock');
  });
}

async function withApp(tour: Tour, walk: (page: Page, shoot: Camera) => Promise<void>): Promise<void> {
  const env = { ...tour.env, OSCARO_USER_DATA: tour.userData, OSCARO_SERVICE_URL: tour.serviceUrl };
  const app = await _electron.launch({
    executablePath: tour.executable,
    args: [...tour.args],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => !!entry[1])),
    colorScheme: tour.theme,
  });
  try {
    const page = await app.firstWindow();
    await fit(app, tour);
    await page.emulateMedia({ colorScheme: tour.theme, reducedMotion: 'reduce' });
    await walk(page, async (name) => {
      await page.mouse.move(0, 0);
      await page.screenshot({ path: path.join(tour.folder, `${name}-${tour.theme}.png`) });
    });
  } finally {
    await app.close();
  }
}

function fit(app: ElectronApplication, { width, height }: Tour): Promise<void> {
  return app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
}

/** Says that everything wanted is here. As text, since scripts are compiled without the types of a page. */
const NOTHING_LEFT_TO_FETCH = `window.oscaro.calls['sync.status'](undefined).then(
  ({ ok, value }) => ok && value.phase === 'idle' && !value.firstSync && value.files.waiting === 0,
)`;

/** What a garage may do in a pit without a network. As text, like the above. */
const CHANGE_A_FEW_THINGS = `(async () => {
  const { calls } = window.oscaro;
  const make = (name, args) => calls['changes.make']({ name, args });
  const orders = (await calls['orders.page']({ filter: {}, offset: 0, limit: 2 })).value;
  const vehicles = (await calls['vehicles.page']({ filter: {}, offset: 0, limit: 2 })).value;
  const [basket] = (await calls['baskets.list'](undefined)).value.baskets;
  await make('order.setNote', { orderId: orders[0].id, note: 'Rappeler le client avant la pose' });
  await make('order.assignVehicle', { orderId: orders[1].id, vehicleId: vehicles[0].id });
  await make('vehicle.setField', { id: vehicles[1].id, field: 'notes', value: 'Courroie faite à 98 000 km' });
  await make('basket.rename', { id: basket.id, name: basket.name + ' (mardi)' });
})()`;

/** So that pictures do not depend on how soon they are taken. */
async function upToDate(page: Page): Promise<void> {
  await page.getByRole('navigation').waitFor({ timeout: 60_000 });
  await expect.poll(() => page.evaluate<boolean>(NOTHING_LEFT_TO_FETCH), { timeout: 180_000 }).toBe(true);
}
