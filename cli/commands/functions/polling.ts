import { setInterval } from 'node:timers/promises';
import type { Cli } from '../../cli.ts';

/** Now, and then every two seconds until Ctrl-C. */
export async function* everyTwoSeconds(cli: Cli): AsyncGenerator<void, void> {
  const signal = cli.interruptible('');
  yield;
  for await (const _ of setInterval(2_000, undefined, { signal })) yield;
}
