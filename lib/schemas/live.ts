import * as z from 'zod';
import { functionState } from './function.ts';

/** Why a Redis that answers takes no writes: its memory or its disk is full, or it has to follow or be followed by others. */
export const writeRefusal = z.enum(['memory', 'disk', 'replica', 'replicas']);
export type WriteRefusal = z.infer<typeof writeRefusal>;

/** Sent when a viewer connects, when the function's state changes, and when its runtime comes or goes. */
export const liveState = z.object({
  /** The server's clock, so that ages are right on a machine whose clock is not. */
  now: z.number(),
  state: functionState.nullable(),
  /** Whether a runtime says that it runs this function. */
  runtimeAlive: z.boolean(),
  /** Since when Redis has not answered, or null while it does. */
  redisDownSince: z.number().nullable(),
  /** Why it takes no writes although it answers, or null while it takes them. */
  writesRefused: writeRefusal.nullable(),
});
export type LiveState = z.infer<typeof liveState>;
