import * as z from 'zod';
import { answerOrders } from './answer-orders.ts';

const order = z.object({ ms: z.number() });

/** Repeats one step for as long as each order says, and answers how often it was done. */
export async function runBackToBack(step: () => Promise<void>, count?: () => Promise<number>): Promise<void> {
  await answerOrders(async (text) => {
    const { ms } = order.parse(text);
    const before = await count?.();
    const startedAt = performance.now();
    let steps = 0;
    while (performance.now() - startedAt < ms) {
      await step();
      steps += 1;
    }
    const took = performance.now() - startedAt;
    return { done: before === undefined ? steps : ((await count?.()) ?? 0) - before, ms: took };
  });
}
