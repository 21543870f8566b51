import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { note, watchPage } from './black-box.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that PLAYWRIGHT_CHROMIUM names, the system's, or Playwright's own download. */
export function launchBrowser(): Promise<Browser> {
  const system = process.env.PLAYWRIGHT_CHROMIUM ?? '/usr/bin/chromium';
  // Deprecated for a recorder of whole sessions; all that is wanted here is which call never came back.
  const logger = {
    isEnabled: (name: string) => name === 'api',
    log: (_: string, __: string, text: string | Error) => note(`${text}`),
  };
  return chromium.launch({ args: ARGS, logger, ...(existsSync(system) ? { executablePath: system } : {}) });
}

/** A page of its own profile, that remembers everything a console shows as an error. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page & { faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  watchPage(page);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  await page.goto(url);
  return Object.assign(page, { faults });
}

/** What a page complained of, but for the browser's own note of each request that the API refused, as it was meant to. */
export function faultsOf({ faults }: { faults: readonly string[] }): string[] {
  return faults.filter((fault) => !/status of 4\d\d/.test(fault));
}
