import type { ServerResponse } from 'node:http';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { type Followed, followOutput } from '#lib/jobs/follow-output';
import type { JobChanges } from '#lib/jobs/job-changes';
import { EVENT_STREAM } from '../live/frames.ts';
import { AWAY_FRAME } from './job-frames.ts';
import { write } from './write.ts';

/** Proxies close what is silent for longer. */
const COMMENT_MS = 15_000;

/** The id of the last event: who has seen it need not come again. */
export const END_ID = 'end';

type OutputRequest = { id: number; after: string | undefined; changes: JobChanges; signal: AbortSignal };

/**
 * A job's output as server-sent events: `output` with its segments under the id to resume from, `state` when it starts or
 * waits again, `away` while Redis does not answer, and `end` with how it ended. See https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function streamOutput(
  ctx: Context,
  caller: Caller,
  { signal, ...request }: OutputRequest,
  response: ServerResponse,
): Promise<void> {
  const events = followOutput(ctx, caller, { ...request, signal });
  // The first one tells whether there is such a job, while the answer can still be another.
  const first = await events.next();
  response.writeHead(200, EVENT_STREAM);
  const comments = setInterval(() => response.write(':\n\n'), COMMENT_MS);
  try {
    await write(response, 'retry: 1000\n\n', signal);
    if (!first.done) await write(response, frame(first.value), signal);
    for await (const event of events) await write(response, frame(event), signal);
  } finally {
    clearInterval(comments);
  }
  response.end();
}

function frame(event: Followed): string {
  if (event.kind === 'away') return AWAY_FRAME.toString();
  if (event.kind === 'output') {
    const { id, segments } = event.entry;
    return `id: ${id}\nevent: output\ndata: ${JSON.stringify({ segments })}\n\n`;
  }
  const id = event.kind === 'end' ? `id: ${END_ID}\n` : '';
  return `${id}event: ${event.kind}\ndata: ${JSON.stringify(event.job)}\n\n`;
}
