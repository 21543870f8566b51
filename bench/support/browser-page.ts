import type { Browser, CDPSession, Page } from 'playwright';
import { launchBrowser } from '../../e2e/support/browser.ts';
import { Skip } from './programs.ts';

const LOAD_MS = 30_000;
const IDLE_MS = 3_000;
const CLOCK_TRIES = 20;

/** A browser that ends with the stack. */
export async function needBrowser(stack: AsyncDisposableStack): Promise<Browser> {
  const browser = await launchBrowser().catch((error: Error) => {
    throw new Skip(`no browser: ${error.message.split('\n')[0]}`);
  });
  stack.defer(() => browser.close());
  return browser;
}

type Visit = AsyncDisposable & { page: Page; paintedMs: number; bytes: number };

/**
 * Opens an address as somebody who has never been there; `bytes` is what came of scripts and styles, as transferred.
 * `first` is a script that runs before any of the page's.
 */
export async function visit(browser: Browser, url: string, first = ''): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(first);
    const transferred = countTransferred(await context.newCDPSession(page));
    await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
    await page.waitForLoadState('networkidle', { timeout: IDLE_MS }).catch(() => {
      // Something still comes in, such as the feed: whatever the page itself needed has come.
    });
    const paintedMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    return { page, paintedMs, bytes: (await transferred)(), [Symbol.asyncDispose]: () => context.close() };
  } catch (error) {
    await context.close();
    throw error;
  }
}

async function countTransferred(session: CDPSession): Promise<() => number> {
  const counted = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') counted.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (counted.has(requestId)) bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return () => bytes;
}

/** Notes each time that the text of an element with this series changes. */
export async function watchSeries(page: Page, series: string): Promise<void> {
  await page.evaluate((name) => {
    const changes: number[] = [];
    Object.assign(globalThis, { changes });
    const observer = new MutationObserver(() => changes.push(performance.timeOrigin + performance.now()));
    for (const element of document.querySelectorAll(`[data-series="${CSS.escape(name)}"]`)) {
      observer.observe(element, { childList: true, characterData: true, subtree: true });
    }
  }, series);
}

/** When the watched text has changed since the last look, by the page's clock. */
export async function changesSeen(page: Page): Promise<number[]> {
  return await page.evaluate(() => {
    const { changes } = globalThis as unknown as { changes: number[] };
    return changes.splice(0);
  });
}

/** What to take from a time of the page's clock to have it by ours, in ms; the quickest of some answers knows best. */
export async function clockOffset(page: Page): Promise<number> {
  let best = { took: Number.POSITIVE_INFINITY, offset: 0 };
  for (let tries = 0; tries < CLOCK_TRIES; tries += 1) {
    const asked = performance.now();
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const took = performance.now() - asked;
    if (took < best.took) best = { took, offset: theirs - (asked + took / 2) };
  }
  return best.offset;
}
