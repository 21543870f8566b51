import { expect } from 'vitest';

/** Asks again until the answer is as expected, for longer than the busiest machine takes. */
export const until = (check: () => unknown, timeout = 60_000) => expect.poll(check, { timeout });
