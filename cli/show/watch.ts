import type { Draw, Output } from './output.ts';

export type Snapshot = { value: unknown; draw: Draw; isLast?: boolean };

/** Home, and clear what is below. */
const CLEAR = '\x1b[H\x1b[J';

/**
 * Shows something again each time that it has changed: on a terminal in the same place, as `-o json` one line each, and as
 * YAML one document each.
 */
export async function watch(out: Output, moments: AsyncIterable<void>, take: () => Promise<Snapshot>): Promise<void> {
  const inPlace = process.stdout.isTTY && out.format === 'table';
  let shown = '';
  for await (const _ of moments) {
    const { value, draw, isLast = false } = await take();
    const text = await out.textOf(value, draw);
    const same = out.format === 'table' ? text : JSON.stringify(value);
    if (same !== shown) {
      if (inPlace) process.stdout.write(CLEAR + text);
      else if (out.format === 'json') process.stdout.write(`${out.lineOf(value)}\n`);
      else process.stdout.write(shown === '' ? text : `${out.format === 'yaml' ? '---' : ''}\n${text}`);
    }
    shown = same;
    if (isLast) return;
  }
}
