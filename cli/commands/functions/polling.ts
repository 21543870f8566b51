import type { Cli } from '../../cli.ts';
import { pause } from '../../pause.ts';

const EVERY_MS = 2_000;

/** Now, and then every two seconds until Ctrl-C. */
export async function* everyTwoSeconds(cli: Cli): AsyncGenerator<void, void> {
  const signal = cli.interruptible('');
  for (;;) {
    yield;
    await pause(EVERY_MS, signal);
  }
}
