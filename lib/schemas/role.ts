import * as z from 'zod';

/** What the processes of Vigia do, in the order in which a metric passes them; one process may be many. */
export const roleName = z.enum(['collector', 'functions', 'web', 'jobs']);
export type RoleName = z.infer<typeof roleName>;

/** A process that plays a role, as it says itself. */
export const roleProcess = z.object({
  role: roleName,
  instance: z.string(),
  /** The name of its machine, which in a cluster is that of its pod. */
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  node: z.string(),
  /** Of the interpreter that it runs Python with; null where it runs none, or finds none. */
  python: z.string().nullable(),
  /** By its own clock, in ms since the epoch. */
  startedAt: z.number(),
  memoryBytes: z.number(),
  /** How much it has in hand: functions, running jobs, open live feeds; null for a collector. */
  load: z.int().nullable(),
});
export type RoleProcess = z.infer<typeof roleProcess>;

/** The same as others see it, by Redis' clock. */
export const seenProcess = roleProcess.extend({
  seenAt: z.number(),
  /** False when it has gone without a word. */
  isAlive: z.boolean(),
});
export type SeenProcess = z.infer<typeof seenProcess>;
