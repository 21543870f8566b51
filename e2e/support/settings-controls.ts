import type { Locator, Page } from 'playwright';
import { until } from './until.ts';

export const rowOf = (page: Page, setting: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: setting, exact: true }) });
/** How high the drawn curves reach from their lowest to their highest pixel: next to nothing while a value stays. */
export const heightOfCurves = (page: Page) =>
  page
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(canvas, 0, 0);
      const data = copy?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      const isDrawn = (row: number) =>
        data.slice(row * width * 4, (row + 1) * width * 4).some((value, index) => index % 4 === 3 && value > 0);
      const drawn = Array.from({ length: height }, (_, row) => row).filter(isDrawn);
      return (drawn.at(-1) ?? 0) - (drawn[0] ?? 0);
    });
export const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? null);
export const versionOf = (page: Page, number: number) => page.locator(`[data-version="${number}"]`);
export const outcome = (page: Page) => page.getByRole('region', { name: 'Try' }).getByRole('status');
export const codeIn = (page: Page) => page.getByRole('textbox', { name: 'Code of default' });

export async function edit(page: Page, setting: string, label: string, value: string): Promise<void> {
  await rowOf(page, setting)
    .getByRole('button', { name: /Override|Change/ })
    .click();
  await page.getByLabel(label, { exact: true }).fill(value);
}

export async function save(page: Page, setting: string): Promise<void> {
  await rowOf(page, setting).getByRole('button', { name: 'Save' }).click();
  await until(() => rowOf(page, setting).textContent()).toMatch(/applied at tick \d\d:\d\d:\d\d/);
}

export async function write(page: Page, code: string): Promise<void> {
  await codeIn(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(code);
}

/** Lets go of a file over some part of the page, as a mouse does that has brought it from elsewhere. */
export async function drop(over: Locator, content: string): Promise<void> {
  const dataTransfer = await over.page().evaluateHandle((text) => {
    const brought = new DataTransfer();
    brought.items.add(new File([text], 'code.zip', { type: 'application/zip' }));
    return brought;
  }, content);
  for (const event of ['dragenter', 'dragover', 'drop']) await over.dispatchEvent(event, { dataTransfer });
}

export async function rollBackTo(page: Page, number: number): Promise<void> {
  await versionOf(page, number).getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await until(() => versionOf(page, number).textContent()).toContain('live');
}
