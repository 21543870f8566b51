import * as z from 'zod';
import { type Failure, failure, notSaved } from '#lib/schemas/function';
import type { Snapshot } from './protocol.ts';

/** Payload of `failed`. */
export const parseFailure = (payload: Buffer): Failure => failure.parse(JSON.parse(payload.toString('utf8')));

const restored = z.object({ notRestored: z.string().optional() });

/** Payload of `restored`: why the snapshot is of no use, and env starts empty. */
export const parseRestored = (payload: Buffer): z.infer<typeof restored> =>
  restored.parse(JSON.parse(payload.toString('utf8')));

/** Payload of `snapshot`, and of `saved` when there is one: what could not be saved as JSON, a line feed, and the text. */
export function parseSnapshot(payload: Buffer): Snapshot {
  const end = payload.indexOf('\n');
  const head = payload.toString('utf8', 0, end);
  const text = payload.toString('utf8', end + 1);
  return { text, notSaved: head === '[]' ? [] : z.array(notSaved).parse(JSON.parse(head)) };
}

/** From the JavaScript host process to the runtime, beside the frames of its workers. */
export const controlReport = z.discriminatedUnion('report', [
  z.object({ report: z.literal('ready') }),
  z.object({ report: z.literal('ended'), id: z.string(), how: z.string() }),
]);
export type ControlReport = z.infer<typeof controlReport>;
