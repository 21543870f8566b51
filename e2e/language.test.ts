import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountFormWords } from '../app/account/words.tsx';
import { userFormWords } from '../app/admin/users/words.ts';
import { newFunctionWords } from '../app/admin/words.ts';
import { tryWords } from '../app/code/try-words.tsx';
import { codeWords } from '../app/code/words.tsx';
import { commonWords } from '../app/language/common-words.ts';
import type { Language } from '../app/language/languages.ts';
import { settingsWords } from '../app/settings/words.tsx';
import { signInWords } from '../app/signin/words.ts';
import { versionsWords } from '../app/versions/words.tsx';
import { ADMIN, ADMIN_PASSWORD, headersOf } from './support/accounts.ts';
import { axeFindings, cutOff } from './support/axe.ts';
import { faultsOf } from './support/browser.ts';
import { browserSuite } from './support/browser-suite.ts';
import { hasEnded, jobsAt } from './support/jobs-suite.ts';
import { spokenOn } from './support/spoken.ts';
import { Vigia } from './support/vigia.ts';

const { open } = browserSuite();
let vigia: Vigia;

/** Functions in every state that a page tells of. */
const FUNCTIONS = [
  { name: 'its-stale', settings: { inputKey: 'once', periodMs: 500 } },
  { name: 'its-waiting', settings: { inputKey: 'never' } },
  { name: 'its-disabled', settings: { enabled: false } },
  { name: 'its-unloadable', settings: { inputKey: 'metrics' }, code: { language: 'python', text: 'import nowhere\n' } },
  {
    name: 'its-failing',
    settings: { inputKey: 'metrics', periodMs: 500 },
    code: { language: 'python', text: 'def handler(input, context):\n    raise ValueError(42)\n' },
  },
] as const;

beforeAll(async () => {
  const settings = { ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1', MONITORING_PERIOD: '0.5', COLLECT_PERIOD: '0.5' };
  vigia = await Vigia.start(settings);
  await vigia.redis.set('once', '{"level": 1}');
  for (const each of FUNCTIONS) {
    const sent = { method: 'POST', headers: headersOf(ADMIN), body: JSON.stringify(each) };
    expect((await fetch(`${vigia.url}/api/v1/functions`, sent)).status).toBe(201);
  }
  const jobs = jobsAt(vigia.url);
  for (const code of ['print(1)', 'import sys\nsys.exit(3)'])
    await jobs.until(await jobs.submit(ADMIN, { code }), hasEnded);
});
afterAll(() => vigia[Symbol.asyncDispose]());

const codeIn = (page: Page) => page.locator('.code .cm-content');
const SETTINGS = '/functions/default/settings';

/** Said alike in both languages: names, formats, units, and words that the one has from the other. */
const ALIKE =
  /\b(?:\d+[mhd]|its-[a-z]+|CPU \d+|v\d+|\d+ workers?|Vigia|https|API|Redis|JSON|Node|Web|OpenAPI|RFC|uid|admin|Admin|handler|Handler|Log|Script|Sandbox|Executor|bubblewrap|stdout|stderr|Runtimes|token|tokens|Status|default|GiB|MiB|KiB|MB|B|min|ms|s|h|d|v)\b/g;

/** An example of a name: of a function, a file, a key. */
const EXAMPLE = /^[a-z<>]*[-./][a-z]+$/;

const isLanguage = (text: string) => !EXAMPLE.test(text) && /\p{L}/u.test(text.replaceAll(ALIKE, ''));

type Step = { name: string; take: (page: Page, language: Language) => Promise<unknown> };

const at = (path: string): Step => ({ name: path, take: (page) => page.goto(vigia.url + path) });

/** Functions and jobs that are in no good state, and walls. */
const STATES = [
  '/?kiosk',
  '/functions/default?kiosk',
  ...FUNCTIONS.map(({ name }) => `/functions/${name}`),
  '/jobs/1',
  '/jobs/2',
].map(at);

const PUBLIC: readonly Step[] = ['/', '/functions/default', '/docs', '/nowhere'].map(at);

const SIGNED_IN: readonly Step[] = [
  ...['/admin/audit', '/admin/status', '/admin/users', '/admin', '/jobs', '/account'].map(at),
  {
    name: 'fields that are refused',
    async take(page, language) {
      const { change } = accountFormWords[language];
      await page.getByRole('button', { name: change, exact: true }).click();
      await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(2);
    },
  },
];

/** What opens on them. */
const OPENED: readonly Step[] = [
  {
    name: 'the inspector',
    async take(page) {
      await page.goto(`${vigia.url}/functions/its-failing`);
      await page.locator('tr .tick').first().click();
      await page.locator('.inspector .text').first().waitFor();
    },
  },
  {
    name: 'values at the crosshair',
    async take(page) {
      await page.goto(`${vigia.url}/functions/default`);
      await page.getByRole('slider').first().focus();
      await page.keyboard.press('End');
      await page.locator('.vital .when').first().waitFor();
    },
  },
  {
    name: 'a new function',
    async take(page, language) {
      await page.goto(`${vigia.url}/admin`);
      const { newFunction, create } = newFunctionWords[language];
      await page.getByRole('button', { name: newFunction }).click();
      await page.getByRole('button', { name: create }).click();
      await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(1);
    },
  },
  {
    name: 'a user, and the question before it is deleted',
    async take(page, language) {
      await page.goto(`${vigia.url}/admin/users`);
      await page.getByRole('button', { name: userFormWords[language].editOf('admin') }).click();
      await page.getByRole('button', { name: userFormWords[language].delete, exact: true }).click();
      await page.locator('dialog').nth(1).waitFor();
    },
  },
];

/** The page of a function's code and settings, one step after the other. */
const CODE: readonly Step[] = [
  {
    name: SETTINGS,
    async take(page) {
      await page.goto(vigia.url + SETTINGS);
      await codeIn(page).waitFor();
    },
  },
  {
    name: 'a setting that breaks a rule',
    async take(page, language) {
      const { overrideIt, titles } = settingsWords[language];
      await page.getByRole('button', { name: `${overrideIt} ${titles.periodMs}` }).click();
      await page.locator('input[name="periodMs"]').fill('0');
      await page.locator('input[name="periodMs"][aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'a try',
    async take(page, language) {
      await page.getByRole('button', { name: codeWords[language].tryLive }).click();
      await page.locator('.try .state.ok').waitFor();
      for (const tab of ['result', 'input'] as const) {
        await page.getByRole('tab', { name: tryWords[language][tab], exact: true }).click();
      }
    },
  },
  {
    name: 'finding in the code',
    async take(page) {
      await codeIn(page).press('Control+f');
      await page.locator('.cm-find input').fill('def');
    },
  },
  {
    name: 'an archive to upload',
    take: (page, language) => page.getByRole('button', { name: versionsWords[language].uploadArchive }).click(),
  },
];

const openIn = (language: Language, options: BrowserContextOptions = {}) =>
  open(`${vigia.url}/signin`, { locale: language, ...options });

async function signInIn(language: Language, page: Page): Promise<void> {
  await page.getByLabel(signInWords[language].nameOrUid).fill('admin');
  await page.getByLabel(signInWords[language].password).fill(ADMIN_PASSWORD);
  await page.locator('form').getByRole('button', { name: commonWords[language].signIn }).click();
  await page.waitForURL(`${vigia.url}/`);
}

/** What is said after each step. */
async function walk(language: Language): Promise<Map<string, string[]>> {
  const page = await openIn(language);
  const said = new Map([['/signin', await spokenOn(page)]]);
  await signInIn(language, page);
  for (const { name, take } of [...PUBLIC, ...SIGNED_IN, ...OPENED, ...CODE, ...STATES]) {
    await take(page, language);
    expect([name, await page.locator('html').getAttribute('lang')]).toEqual([name, language]);
    said.set(name, await spokenOn(page));
  }
  expect(faultsOf(page)).toEqual([]);
  await page.context().close();
  return said;
}

function expectNothingAlike(english: Map<string, string[]>, portuguese: Map<string, string[]>): void {
  const alike = [...portuguese].flatMap(([name, texts]) =>
    texts.filter((text) => english.get(name)?.includes(text) && isLanguage(text)).map((text) => `${name}: ${text}`),
  );
  expect(alike).toEqual([]);
  expect([...portuguese.values()].map(({ length }) => length > 3)).not.toContain(false);
}

test('nothing that a page says is the same in both languages', async () => {
  const [english, portuguese] = await Promise.all([walk('en'), walk('pt-BR')]);
  expectNothingAlike(english, portuguese);
});

test('nor is it while Redis is away, on a page that was open and on one that is opened then', async () => {
  const seen = async (language: Language) => {
    const page = await openIn(language);
    await signInIn(language, page);
    await page.goto(`${vigia.url}/functions/default`);
    await expect.poll(() => page.locator('[data-state]').first().getAttribute('data-state')).toBe('live');
    return page;
  };
  const open = { en: await seen('en'), 'pt-BR': await seen('pt-BR') };
  const { pid } = vigia.process(/redis-server|valkey-server/);
  process.kill(pid, 'SIGSTOP');
  try {
    const said = async (language: Language) => {
      const page = open[language];
      await page.locator('.banner').waitFor();
      const texts = new Map([['open', await spokenOn(page)]]);
      for (const path of ['/', '/functions/default', SETTINGS, '/jobs', '/admin']) {
        await page.goto(vigia.url + path);
        expect([path, await page.locator('html').getAttribute('lang')]).toEqual([path, language]);
        texts.set(path, await spokenOn(page));
      }
      return texts;
    };
    expectNothingAlike(await said('en'), await said('pt-BR'));
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(async () => (await fetch(`${vigia.url}/readyz`)).status, { timeout: 30_000 }).toBe(200);
  for (const page of Object.values(open)) await page.context().close();
});

describe('the language of a page', () => {
  const menu = (page: Page) => page.locator('.language-menu select');
  const title = (page: Page) => page.title();

  test('is the browser’s at first, then what its reader chooses, also after a reload and on other pages', async () => {
    const page = await openIn('pt-BR');
    expect([await menu(page).inputValue(), await title(page)]).toEqual(['pt-BR', 'Entrar · Vigia']);
    await menu(page).selectOption('en');
    await page.getByText(signInWords.en.title).waitFor();
    await expect.poll(() => title(page)).toBe('Sign in · Vigia');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    expect([await menu(page).inputValue(), await title(page)]).toEqual(['en', 'Sign in · Vigia']);
    await page.goto(`${vigia.url}/nowhere`);
    expect(await title(page)).toBe('Not found · Vigia');
    expect(page.faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });

  test('is changed with the keyboard alone', async () => {
    const page = await openIn('en');
    await menu(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText(signInWords['pt-BR'].title).waitFor();
    expect(await menu(page).evaluate((select) => select === document.activeElement)).toBe(true);
  });

  test('changes while something is being written, which is not lost', async () => {
    const page = await openIn('en');
    await signInIn('en', page);
    await page.goto(vigia.url + SETTINGS);
    await codeIn(page).fill('def handler(input, context):\n    return {"mine": 1}\n');
    await menu(page).selectOption('pt-BR');
    await page.getByRole('button', { name: codeWords['pt-BR'].discard }).waitFor();
    expect(await codeIn(page).textContent()).toContain('"mine"');
    await expect.poll(() => codeIn(page).getAttribute('aria-label')).toBe('Código de default');
    await codeIn(page).press('Control+f');
    await page.getByPlaceholder('Localizar').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  test('decides how numbers and times are written, in the reader’s zone', async () => {
    const page = await openIn('pt-BR', { timezoneId: 'America/Sao_Paulo' });
    await signInIn('pt-BR', page);
    await page.goto(`${vigia.url}/admin`);
    await expect.poll(() => page.locator('td.num').allTextContents()).toContain('0,5 s');
    await page.goto(`${vigia.url}/account`);
    const signedIn = page.locator('tbody time').first();
    const at = new Date((await signedIn.getAttribute('datetime')) ?? '');
    const written = new Intl.DateTimeFormat('pt-BR', {
      ...{ timeZone: 'America/Sao_Paulo', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    }).format(at);
    await expect.poll(() => signedIn.textContent()).toBe(written);
    expect(page.faults).toEqual([]);
  });
});

const LOOKED_AT: [string, readonly Step[]][] = [
  ['pages for everybody', PUBLIC],
  ['pages for who has signed in', SIGNED_IN],
  ['what opens on them', OPENED],
  ['code and settings', CODE],
];

type View = { width: number; colorScheme: 'light' | 'dark' };

let session: Awaited<ReturnType<BrowserContext['storageState']>>;
beforeAll(async () => {
  const page = await openIn('pt-BR');
  await signInIn('pt-BR', page);
  session = await page.context().storageState();
  await page.context().close();
});

async function lookAt(steps: readonly Step[], { width, colorScheme }: View): Promise<void> {
  const page = await openIn('pt-BR', { viewport: { width, height: 900 }, colorScheme, storageState: session });
  for (const { name, take } of steps) {
    await take(page, 'pt-BR');
    expect([name, await axeFindings(page)]).toEqual([name, []]);
    expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, width]);
    expect([name, await cutOff(page)]).toEqual([name, []]);
  }
  expect(faultsOf(page)).toEqual([]);
  await page.context().close();
}

describe.each<View & { steps: [string, readonly Step[]][] }>([
  { width: 1440, colorScheme: 'light', steps: LOOKED_AT },
  { width: 390, colorScheme: 'dark', steps: LOOKED_AT },
  { width: 390, colorScheme: 'light', steps: [['what tells of trouble', STATES]] },
])('in Portuguese at $width px, $colorScheme', ({ steps, ...view }) => {
  test.each(steps)('%s: all fits, nothing complains and axe finds nothing', (_name, all) => lookAt(all, view));
});
