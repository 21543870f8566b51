import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { pathOf, signIn } from './support/accounts.ts';
import { archiveOf } from './support/archives.ts';
import { faultsOf, openPage } from './support/browser.ts';
import {
  codeIn,
  drop,
  edit,
  heightOfCurves,
  outcome,
  rollBackTo,
  rowOf,
  save,
  versionOf,
  write,
} from './support/settings-controls.ts';
import { LEVEL, PATH, settingsSuite, TWICE } from './support/settings-suite.ts';
import { until } from './support/until.ts';

const suite = settingsSuite();
const levelOn = (page: Page) => page.locator('.fig[data-series="level"]').textContent();

test('an operator changes a running function, its code and back again, and always sees who set what', async () => {
  const runtime = suite.vigia.process(/main\.ts functions/).pid;
  const dashboard = await openPage(suite.browser, `${suite.vigia.url}/functions/default`);
  await until(() => levelOn(dashboard)).toMatch(/^10/);
  const page = await suite.openSettings();
  expect(await heightOfCurves(dashboard)).toBeLessThan(10);

  await edit(page, 'Input key', 'Input key', 'other');
  await save(page, 'Input key');
  expect(await rowOf(page, 'Input key').textContent()).toMatch(/admin, today \d\d:\d\d:\d\d/);
  await until(() => levelOn(dashboard)).toMatch(/^30/);
  await until(() => heightOfCurves(dashboard)).toBeGreaterThan(30);

  await edit(page, 'Period', 'Period in seconds', '0');
  await until(() => rowOf(page, 'Period').textContent()).toContain('Must be at least 0.01 s.');
  expect(await rowOf(page, 'Period').getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await page.getByLabel('Period in seconds').fill('0,25');
  await save(page, 'Period');
  expect(await rowOf(page, 'Period').textContent()).toMatch(/0\.5 s MONITORING_PERIOD.*0\.25 s/);

  await write(page, TWICE);
  await until(() => page.getByText('draft on v1, 1 line changed').count()).toBe(1);
  await page.keyboard.press('Control+Enter');
  await until(() => outcome(page).textContent()).toMatch(/^returned in/);
  expect(await page.getByRole('row', { name: 'level' }).textContent()).toBe('level3060+30');
  expect(await levelOn(dashboard)).toMatch(/^30/);

  await page.getByLabel('What has changed').fill('Twice the level');
  await page.getByRole('button', { name: 'Deploy as v2' }).click();
  await until(() => page.getByText(/^v2 is live since/).count()).toBe(1);
  await until(() => levelOn(dashboard)).toMatch(/^60/);
  expect(await versionOf(page, 2).textContent()).toMatch(/Twice the leveladmin, today .*live/);
  await until(() => page.getByText('draft on').count()).toBe(0);

  await rollBackTo(page, 1);
  await until(() => levelOn(dashboard)).toMatch(/^30/);
  expect(suite.vigia.process(/main\.ts functions/).pid).toBe(runtime);

  for (const setting of ['Input key', 'Period']) {
    await rowOf(page, setting).getByRole('button', { name: 'Revert' }).click();
    await until(() => rowOf(page, setting).getByRole('button', { name: 'Override' }).count()).toBe(1);
  }
  await until(() => levelOn(dashboard)).toMatch(/^10/);
  await page.getByRole('button', { name: "Revert to the deployment's code" }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
  await until(() => page.getByText('admin chose').count()).toBe(0);
  expect([faultsOf(page), faultsOf(dashboard)]).toEqual([[], []]);
});

test('a handler that does not load is said not to be applied, and why; the one before it runs on until it is mended', async () => {
  const page = await suite.openSettings();
  await edit(page, 'Handler', 'Handler', 'nothing');
  await rowOf(page, 'Handler').getByRole('button', { name: 'Save' }).click();
  await until(() => rowOf(page, 'Handler').textContent()).toMatch(
    /does not load: .*no function called 'nothing'.*; it runs on as before the change/,
  );
  expect(await rowOf(page, 'Handler').textContent()).not.toContain('applied');
  expect(await page.getByText(/^v1 does not load with its new settings: .*; it runs on as before\.$/).count()).toBe(1);
  await suite.vigia.redis.set('metrics', '{"level": 11}');
  await until(() => suite.vigia.redis.get('metrics-output')).toBe('{"level": 11}');
  await suite.vigia.redis.set('metrics', '{"level": 10}');
  await rowOf(page, 'Handler').getByRole('button', { name: 'Revert' }).click();
  await until(() => rowOf(page, 'Handler').textContent()).toMatch(/applied at tick \d\d:\d\d:\d\d/);
  expect(await page.getByText('does not load with its new settings').count()).toBe(0);
  expect(faultsOf(page)).toEqual([]);
});

test('of two admins who change one setting, the later one sees both values and decides', async () => {
  expect(await suite.asAdmin('POST', '/users', { name: 'rui', role: 'admin', password: 'longer than eight' })).toBe(
    201,
  );
  const [mine, theirs] = [await suite.openSettings(), await suite.openSettings('rui', 'longer than eight')];
  await edit(mine, 'Timeout', 'Timeout in seconds', '3');
  await edit(theirs, 'Timeout', 'Timeout in seconds', '4');
  await save(theirs, 'Timeout');
  await rowOf(mine, 'Timeout').getByRole('button', { name: 'Save' }).click();
  const question = rowOf(mine, 'Timeout').getByRole('alert');
  await until(() => question.textContent()).toMatch(/Yours3 s.*Theirs4 s rui, today/);
  await mine.getByRole('button', { name: 'Take theirs' }).click();
  expect(await rowOf(mine, 'Timeout').textContent()).toMatch(/4 s.*rui, today/);

  // That somebody changes another setting meanwhile is no conflict.
  await edit(mine, 'Timeout', 'Timeout in seconds', '3');
  await edit(theirs, 'Output key', 'Output key', 'elsewhere');
  await save(theirs, 'Output key');
  await save(mine, 'Timeout');
  await until(() => rowOf(theirs, 'Timeout').textContent()).toMatch(/3 s.*admin, today/);
  expect(await rowOf(mine, 'Output key').textContent()).toMatch(/elsewhere.*rui, today/);
});

test('code that does not load is marked at its line, never goes live, and the draft outlives a reload', async () => {
  const page = await suite.openSettings();
  const bad = `import nothing_such\n\n${LEVEL}`;
  await write(page, bad);
  await page.getByRole('button', { name: 'Try on live input' }).click();
  await until(() => outcome(page).textContent()).toContain('failed');
  await until(() => page.locator('.cm-wrong').textContent()).toBe('import nothing_such');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
  const [newest] = await page.locator('[data-version]').evaluateAll((rows) => rows.map((row) => row.dataset.version));
  const number = Number(newest) + 1;
  await page.getByRole('button', { name: `Deploy as v${number}` }).click();
  await until(() => page.getByText(`v${number} did not load: ModuleNotFoundError`).count()).toBe(1);
  await until(() => versionOf(page, number).textContent()).toContain('never went live');
  expect(await versionOf(page, number).getByRole('button', { name: 'Roll back' }).count()).toBe(0);
  expect(await versionOf(page, 1).textContent()).toContain('live');
  await page.reload();
  await until(() => page.getByText(/^draft on v1, \d lines changed$/).count()).toBe(1);
  await until(() => codeIn(page).textContent()).toContain('import nothing_such');
  await versionOf(page, number)
    .getByRole('button', { name: `v${number}` })
    .click();
  const difference = page.getByRole('region', { name: 'Difference' });
  await until(() => difference.textContent()).toMatch(new RegExp(`v1 → v${number}.*\\+2 −0`));
  await page.getByRole('button', { name: 'Discard' }).click();
  await until(() => codeIn(page).textContent()).not.toContain('nothing_such');
  expect(faultsOf(page)).toEqual([]);
});

test('an archive that cannot be used is refused with the reason, and a good one goes live', async () => {
  const page = await suite.openSettings();
  const dialog = page.getByRole('dialog', { name: 'Upload an archive' });
  const deploy = () => dialog.getByRole('button', { name: 'Deploy the archive' }).click();
  const choose = (buffer: Buffer) =>
    dialog.getByLabel('Choose a file').setInputFiles({ name: 'code.zip', mimeType: 'application/zip', buffer });

  await drop(page.getByRole('region', { name: 'Versions' }), 'PK, but no archive');
  await until(() => dialog.textContent()).toContain('code.zip, 18 B');
  await deploy();
  await until(() => dialog.getByRole('alert').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringMatching(/end record is missing/)]),
  );
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByLabel('Or its address').fill('http://169.254.169.254/latest');
  await deploy();
  await until(() => dialog.textContent()).toContain('Must not be fetched');

  await dialog.getByLabel('Or its address').fill('');
  await drop(dialog.getByText('Drop a zip archive here'), 'PK, and neither is this');
  await until(() => dialog.textContent()).toContain('code.zip, 23 B');

  const files = {
    'main.py': 'from half import half\n\n\ndef handler(input, context):\n    return {"level": half(input["level"])}\n',
  };
  await choose(
    await archiveOf({ ...files, 'half.py': 'def half(x):\n    return x / 2\n' }, join(suite.scratch, 'archive')),
  );
  await deploy();
  await until(() => page.getByText(/archive, \d+ B/).count()).toBeGreaterThan(0);
  await until(() => suite.vigia.redis.get('metrics-output')).toBe('{"level": 5.0}');
  await until(() => page.getByRole('listitem').allTextContents()).toEqual(
    expect.arrayContaining(['main.py', 'half.py']),
  );
  await rollBackTo(page, 1);
  expect(faultsOf(page)).toEqual([]);
});

test('the page is for admins; a function can be switched off, and is missed when it is deleted', async () => {
  const stranger = await openPage(suite.browser, suite.vigia.url + PATH);
  expect(pathOf(stranger)).toBe(`/signin?next=${encodeURIComponent(PATH)}`);
  expect(await suite.asAdmin('POST', '/users', { name: 'ana', password: 'longer than eight' })).toBe(201);
  await signIn(stranger, suite.vigia, { name: 'ana', password: 'longer than eight', next: '/functions/default' });
  expect(await stranger.getByRole('link', { name: 'Settings and code' }).count()).toBe(0);
  expect((await stranger.goto(suite.vigia.url + PATH))?.status()).toBe(404);

  expect(await suite.asAdmin('POST', '/functions', { name: 'alert' })).toBe(201);
  const [page, other] = [await suite.openSettings(), await suite.openSettings()];
  await page.getByText('default', { exact: true }).first().click();
  await page.getByRole('link', { name: 'alert' }).click();
  await page.waitForURL('**/functions/alert/settings');
  await other.goto(`${suite.vigia.url}/functions/alert/settings`);
  await other.getByRole('switch', { name: 'Enabled' }).click();
  await until(() => page.getByRole('switch', { name: 'Enabled' }).getAttribute('aria-checked')).toBe('false');
  await until(() => page.getByText(/^off: admin, today/).count()).toBe(1);
  await other.getByRole('switch', { name: 'Enabled' }).click();
  await until(() => page.getByRole('switch', { name: 'Enabled' }).getAttribute('aria-checked')).toBe('true');
  await page.getByRole('button', { name: 'Delete alert' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete alert' }).click();
  await page.waitForURL(`${suite.vigia.url}/`);
  await until(() => other.getByText('alert has been deleted.').count()).toBe(1);
});

test('while Redis is away nothing that is written here is lost, and a save can be sent again', async () => {
  const page = await suite.openSettings();
  await write(page, TWICE);
  process.kill(suite.redis.pid, 'SIGSTOP');
  try {
    await until(() => page.getByText(/^Redis unreachable since/).count()).toBe(1);
    await edit(page, 'Period', 'Period in seconds', '2');
    await rowOf(page, 'Period').getByRole('button', { name: 'Save' }).click();
    await until(() => rowOf(page, 'Period').getByRole('alert').textContent()).toBe('Redis does not answer.');
    const visitor = await page.context().newPage();
    await visitor.goto(suite.vigia.url + PATH);
    expect(await visitor.getByText('Redis unreachable.').count()).toBe(1);
    process.kill(suite.redis.pid, 'SIGCONT');
    await codeIn(visitor).waitFor();
  } finally {
    process.kill(suite.redis.pid, 'SIGCONT');
  }
  await save(page, 'Period');
  expect(await page.getByText('draft on v1, 1 line changed').count()).toBe(1);
  expect(page.faults.filter((fault) => !fault.includes('503'))).toEqual([]);
});
