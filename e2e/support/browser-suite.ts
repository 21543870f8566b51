import type { Browser, BrowserContextOptions } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { ADMIN, signIn } from './accounts.ts';
import { launchBrowser, openPage } from './browser.ts';

/** A browser for the tests of a file. */
export function browserSuite() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const open = (url: string, options: BrowserContextOptions = {}) => openPage(browser, url, options);
  return {
    /** Once the first test has begun. */
    get browser() {
      return browser;
    },
    /** A page for nobody in particular. */
    open,
    /** A page for who signs in, who comes to `path` then. */
    async openAs(vigia: { url: string }, path: string, who = ADMIN, options: BrowserContextOptions = {}) {
      const page = await open('about:blank', options);
      await signIn(page, vigia, { ...who, next: path });
      return page;
    },
  };
}
