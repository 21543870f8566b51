import * as z from 'zod';
import { functionStatus } from './function.ts';
import { jobWorker } from './job-queue.ts';
import { overview } from './overview.ts';
import { roleName, seenProcess } from './role.ts';

/** How the program is, for anybody: numbers, no names and no addresses. */
export const programStatus = z.object({
  version: z.string(),
  /** Of the process that answers. */
  uptimeSeconds: z.number(),
  redis: z.object({
    ok: z.boolean(),
    latencyMs: z.number().nullable(),
    memoryBytes: z.number().nullable(),
  }),
  /** How many processes play each role, as they say in Redis; null while it does not answer. */
  roles: z.record(roleName, z.int()).nullable(),
  functions: z.object({ total: z.number(), byStatus: z.partialRecord(functionStatus, z.number()) }).nullable(),
});
export type ProgramStatus = z.infer<typeof programStatus>;

/** What Redis says of itself. */
export const redisFacts = z.object({
  version: z.string(),
  uptimeMs: z.number(),
  latencyMs: z.number(),
  clients: z.int(),
  memoryBytes: z.number(),
  /** Null for as much as there is. */
  memoryLimitBytes: z.number().nullable(),
  /** What it does at the limit: `noeviction`, or the name of the rule by which it drops keys. */
  eviction: z.string(),
  /** Whether it writes each change to a file, and the last writing of it went well. */
  appendOnly: z.enum(['off', 'ok', 'failing']),
  snapshot: z.object({ ok: z.boolean(), at: z.number(), changesSince: z.int() }),
});
export type RedisFacts = z.infer<typeof redisFacts>;

/** How the program is, for whoever operates it. */
export const statusDetails = z.object({
  /** By Redis' clock, as are the heartbeats. */
  now: z.number(),
  /** Those that play roles, and those that have gone without a word in the last ten minutes. */
  processes: z.array(seenProcess),
  redis: redisFacts,
  functions: z.object({
    total: z.int(),
    counts: overview.shape.counts,
    /** Of the newest tick of each function that is enabled, the one that started latest. */
    largestLag: z.object({ name: z.string(), lagMs: z.number() }).nullable(),
  }),
  jobs: z.object({ waiting: z.int(), running: z.int(), ended: z.int() }),
  /** Those that run jobs, how they confine them, and what they miss to do it better; with `tier` null, one refuses them. */
  workers: z.array(jobWorker.omit({ instance: true })),
});
export type StatusDetails = z.infer<typeof statusDetails>;
