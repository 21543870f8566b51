/** The same scripts as jobs, started by hand: child processes, so many at a time. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { startPlain, timePlain } from '../support/plain-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { answerOrders } from './answer-orders.ts';

const order = z.discriminatedUnion('do', [
  /** Answers how long all of them took. */
  z.object({ do: z.literal('run'), code: z.string(), times: z.int(), atOnce: z.int() }),
  /** Answers how long it took until there was something to read. */
  z.object({ do: z.literal('hear'), code: z.string() }),
  /** Answers how long it took from the order to die until it was dead. */
  z.object({ do: z.literal('kill'), code: z.string() }),
  /** Answers how long it was there, of a script that would run for ever. */
  z.object({ do: z.literal('limit'), code: z.string(), ms: z.number() }),
]);
type Order = z.infer<typeof order>;

using folder = temporaryFolder();
const path = join(folder.path, 'main.py');
// It is ended with a signal, and is to leave no folder behind.
process.once('SIGTERM', () => process.exit(0));

await answerOrders(async (text) => {
  const asked = order.parse(text);
  writeFileSync(path, asked.code);
  return { ms: await follow(asked) };
});

async function follow(asked: Order): Promise<number> {
  const startedAt = performance.now();
  if (asked.do === 'run') {
    let left = asked.times;
    const place = async () => {
      while (left-- > 0) await timePlain('python', path);
    };
    await Promise.all(Array.from({ length: asked.atOnce }, place));
    return performance.now() - startedAt;
  }
  const child = startPlain('python', path);
  const ended = once(child, 'exit');
  if (asked.do === 'limit') {
    setTimeout(() => child.kill('SIGKILL'), asked.ms);
    await ended;
    return performance.now() - startedAt;
  }
  if (child.stdout !== null) await once(child.stdout, 'data');
  const heardAt = performance.now();
  if (asked.do === 'kill') child.kill('SIGKILL');
  await ended;
  return asked.do === 'kill' ? performance.now() - heardAt : heardAt - startedAt;
}
