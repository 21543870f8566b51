import type { Draw, Output } from './output.ts';

type Snapshot = { value: unknown; draw: Draw; isLast?: boolean };

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
      if (inPlace) process.stdout.write(CLEAR + visible(text));
      else if (out.format === 'json') process.stdout.write(`${out.lineOf(value)}\n`);
      else process.stdout.write(shown === '' ? text : `${out.format === 'yaml' ? '---' : ''}\n${text}`);
    }
    shown = same;
    if (isLast) return;
  }
}

/** What is longer than the terminal would scroll, and could not be shown in its place again. */
function visible(text: string): string {
  const most = process.stdout.rows - 1;
  const lines = text.split('\n');
  return lines.length <= most ? text : `${lines.slice(0, most - 1).join('\n')}\n…\n`;
}
