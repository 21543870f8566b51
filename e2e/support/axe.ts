import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Both themes, on a desk and on a phone. */
export const VIEWS = [
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

/** What axe finds, named by rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Our pages have no frames, for which axe would open one more page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** The texts of open dialogs that hold more than they show. */
export function cutOff(page: Page): Promise<string[]> {
  return page
    .locator('dialog[open]')
    .evaluateAll((dialogs) =>
      dialogs
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent ?? ''),
    );
}
