import { createInterface } from 'node:readline';

/** A measured process: says that it is ready, then answers each line of JSON with one, until its input ends. */
export async function answerOrders(answer: (order: unknown) => Promise<object>): Promise<void> {
  process.stdout.write('{"ready":true}\n');
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}
