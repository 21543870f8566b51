import * as z from 'zod';
import { functionStatus } from './function.ts';

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
  /** As they say in Redis; null while it does not answer. */
  roles: z
    .object({
      /** Whether a collector writes the input key of some function. */
      collector: z.boolean(),
      /** How many processes run functions. */
      functions: z.number(),
      /** How many processes run jobs. */
      jobs: z.number(),
    })
    .nullable(),
  functions: z.object({ total: z.number(), byStatus: z.partialRecord(functionStatus, z.number()) }).nullable(),
});
export type ProgramStatus = z.infer<typeof programStatus>;
