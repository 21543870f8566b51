import * as z from 'zod';
import type { Context } from '#lib/context';
import type { OutputSegment } from '#lib/schemas/job';
import { jobScript } from './job-script.ts';

const append = jobScript(
  `
local id, run, piece = args[1], args[2], tonumber(args[3])
local segments = {unpack(args, 4)}
if not isHeld(id, run) then return 0 end
if piece <= numberOf(id, 'pieces') then return 1 end
local bytes = 0
for index = 2, #segments, 2 do bytes = bytes + #segments[index] end
redis.call('HSET', jobPrefix .. id, 'pieces', piece)
redis.call('HINCRBY', jobPrefix .. id, 'bytes', bytes)
redis.call('XADD', outputPrefix .. id, '*', unpack(segments))
changed(id)
return 1
`,
  z.union([z.literal(0), z.literal(1)]),
);

/** What a run has written, in order. Pieces count from 1, so that one that is sent again is written once. */
type OutputPiece = { id: number; run: string; piece: number; segments: readonly OutputSegment[] };

/** False when the job is not, or no longer, this run's: nothing was written. */
export async function appendOutput(ctx: Context, { id, run, piece, segments }: OutputPiece): Promise<boolean> {
  return (await append(ctx, id, run, piece, ...segments.flatMap(({ stream, text }) => [stream, text]))) === 1;
}
