/** Judges one archive in a process that has done nothing else, so that the memory it takes can be seen. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { checkArchive } from '#lib/archives/check-archive';
import { answerOrders } from './answer-orders.ts';

const order = z.object({ path: z.string() });

// What everything needs once, such as the modules of zlib, is not what this archive costs.
await checkArchive(Buffer.from('not a zip'));
await answerOrders(async (text) => {
  const bytes = readFileSync(order.parse(text).path);
  globalThis.gc?.();
  // The kernel forgets the peak of the start (proc(5), clear_refs).
  writeFileSync('/proc/self/clear_refs', '5');
  const before = mebibytes('VmRSS');
  const startedAt = performance.now();
  const { kind } = await checkArchive(bytes);
  return { kind, ms: performance.now() - startedAt, grownMib: mebibytes('VmHWM') - before };
});

function mebibytes(line: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kib ?? Number.NaN) / 1_024;
}
