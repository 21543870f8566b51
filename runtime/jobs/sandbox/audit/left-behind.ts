import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** How long what has been killed may take to be gone, on a machine that is busy with other things. */
const GONE_MS = 10_000;

/** Seconds for sleep(1) that no other process sleeps, so that this one can be told from all. */
export const uniqueSeconds = (): string => (1_000 + Math.random()).toFixed(9);

/** Who sleeps for so long. */
export const sleepersOf = (seconds: string): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).endsWith(`sleep\0${seconds}\0`));

/** Who still sleeps so long a while after it should have ended, in words; null when nobody does. */
export async function whoIsLeft(seconds: string): Promise<string | null> {
  const deadline = performance.now() + GONE_MS;
  for (;;) {
    const left = sleepersOf(seconds);
    if (left.length === 0) return null;
    if (performance.now() > deadline) return `still there: ${left.join(', ')}`;
    await wait(10);
  }
}

/** Its words, each with a NUL behind it; none when it has ended. */
export function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
