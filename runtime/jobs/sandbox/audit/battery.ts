import type { Sandbox } from '../sandbox.ts';
import type { Escape } from './escape.ts';
import { FILE_ESCAPES } from './file-escapes.ts';
import { KERNEL_ESCAPES } from './kernel-escapes.ts';
import { NETWORK_ESCAPES } from './network-escapes.ts';
import { PROCESS_ESCAPES } from './process-escapes.ts';
import { SHARE_ESCAPES } from './share-escapes.ts';
import type { Surroundings } from './surroundings.ts';

/** Every try to get out, by what is tried. */
const BATTERY: Readonly<Record<string, readonly Escape[]>> = {
  files: FILE_ESCAPES,
  processes: PROCESS_ESCAPES,
  network: NETWORK_ESCAPES,
  kernel: KERNEL_ESCAPES,
  'more than its share': SHARE_ESCAPES,
};

type AuditResult = { group: string; name: string; escaped: string | null };

/** Those that a tier is to hold against. */
export function escapesFor({ tier }: Sandbox): { group: string; tried: Escape }[] {
  return Object.entries(BATTERY).flatMap(([group, escapes]) =>
    escapes.filter(({ notIn = [] }) => !notIn.includes(tier)).map((tried) => ({ group, tried })),
  );
}

/** Tries them one after the other: each must be alone with the limits that it tests. */
export async function* audit(sandbox: Sandbox, surroundings: Surroundings): AsyncGenerator<AuditResult> {
  for (const { group, tried } of escapesFor(sandbox)) {
    const contacts = surroundings.contacts();
    const escaped = await tried.attempt(sandbox, surroundings);
    const reached = surroundings.contacts() > contacts ? 'it has reached a listener of the machine' : null;
    yield { group, name: tried.name, escaped: escaped ?? reached };
  }
}
