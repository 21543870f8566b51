import type { Page } from 'playwright';

export const ADMIN_PASSWORD = 'correct horse battery';

export type Person = { name: string; password: string };
export const ADMIN: Person = { name: 'admin', password: ADMIN_PASSWORD };

/** What a person's client sends. */
export function headersOf({ name, password }: Person) {
  return { authorization: `Basic ${btoa(`${name}:${password}`)}`, 'content-type': 'application/json' };
}

/** Fills in the form where the page is, in whichever language, and sends it. */
export async function fillSignIn(page: Page, name: string, password: string): Promise<void> {
  const form = page.locator('form', { has: page.locator('[autocomplete="current-password"]') });
  await form.locator('[autocomplete="username"]').fill(name);
  await form.locator('[autocomplete="current-password"]').fill(password);
  await form.locator('[type="submit"]').click();
}

/** Signs in, and waits for the page that comes then. */
export async function signIn(
  page: Page,
  vigia: { url: string },
  { name = 'admin', password = ADMIN_PASSWORD, next = '/account' } = {},
): Promise<void> {
  await page.goto(`${vigia.url}/signin?next=${encodeURIComponent(next)}`);
  await fillSignIn(page, name, password);
  await page.waitForURL(vigia.url + next);
}

/** Where the page is, without the host. */
export function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** Of the element that has the focus. */
export function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('name') ?? null);
}
