import * as z from 'zod';

/** From the runtime to its JavaScript host process: make or end the worker of one function. */
export const controlOrder = z.discriminatedUnion('order', [
  z.object({
    order: z.literal('start'),
    id: z.string(),
    /** Where the worker connects, and what it says first, so that it speaks to the runtime without a hop in between. */
    socket: z.string(),
    token: z.string(),
  }),
  z.object({ order: z.literal('stop'), id: z.string() }),
]);
export type ControlOrder = z.infer<typeof controlOrder>;

/** From the host process to the runtime. */
export const controlReport = z.discriminatedUnion('report', [
  z.object({ report: z.literal('ready') }),
  z.object({ report: z.literal('ended'), id: z.string(), how: z.string() }),
  z.object({ report: z.literal('log'), id: z.string(), stream: z.string(), line: z.string() }),
]);
export type ControlReport = z.infer<typeof controlReport>;

export type WorkerOrder = { socket: string; token: string };
