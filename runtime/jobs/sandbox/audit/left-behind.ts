import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** How long after a job's end something of it may still be seen. */
const GONE_MS = 500;

/** Seconds for sleep(1) that no other process sleeps, so that this one can be told from all. */
export const uniqueSeconds = (): string => (1_000 + Math.random()).toFixed(9);

/** Who still sleeps so long a while after it should have ended, in words; null when nobody does. */
export async function whoIsLeft(marker: string): Promise<string | null> {
  const deadline = performance.now() + GONE_MS;
  for (;;) {
    const left = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(marker));
    if (left.length === 0) return null;
    if (performance.now() > deadline) return `still there: ${left.join(', ')}`;
    await wait(10);
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
