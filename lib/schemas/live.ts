import * as z from 'zod';
import { functionState } from './function.ts';

/** Sent when a viewer connects, when the function's state changes, and when its runtime comes or goes. */
export const liveState = z.object({
  /** The server's clock, so that ages are right on a machine whose clock is not. */
  now: z.number(),
  state: functionState.nullable(),
  /** Whether a runtime says that it runs this function. */
  runtimeAlive: z.boolean(),
  /** Since when Redis has not answered, or null while it does. */
  redisDownSince: z.number().nullable(),
});
export type LiveState = z.infer<typeof liveState>;
