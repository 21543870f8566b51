import 'server-only';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { readJobScript } from '#lib/jobs/read-job-script';
import { readOutput } from '#lib/jobs/read-output';
import type { OutputSegment } from '#lib/schemas/job';
import { shownText } from './job/shown-text.ts';
import type { ServedJob } from './output/job-follower.ts';

/** Of what a job has written, the end: the page follows with the rest. */
const MOST_CHARACTERS = 128 * 1024;
const AT_ONCE = 1_000;

/** All that the page of a job shows. `not_found` alike for one that is not there and for somebody else's. */
export async function loadJob(ctx: Context, caller: Caller, id: number) {
  const [served, script] = await Promise.all([loadOutput(ctx, caller, id), readJobScript(ctx, caller, { id })]);
  return {
    served,
    code: shownText(script.code),
    input: script.input === '' ? null : shownText(script.input),
    servedAt: Date.now(),
    limitMs: ctx.config.jobs.timeLimitMs,
  };
}

async function loadOutput(ctx: Context, caller: Caller, id: number): Promise<ServedJob> {
  let page = await readOutput(ctx, caller, { id, limit: AT_ONCE });
  const entries = [...page.entries];
  while (page.more) {
    page = await readOutput(ctx, caller, { id, limit: AT_ONCE, after: entries.at(-1)?.id });
    entries.push(...page.entries);
  }
  const segments = entries.flatMap((entry) => entry.segments);
  const end = endOf(segments);
  const isWhole = end.length === segments.length;
  return { job: page.job, segments: end, after: isWhole ? (entries.at(-1)?.id ?? '0-0') : null };
}

/** The last segments that are not too long together. */
function endOf(segments: readonly OutputSegment[]): OutputSegment[] {
  let characters = 0;
  const first = segments.findLastIndex(({ text }) => {
    characters += text.length;
    return characters > MOST_CHARACTERS;
  });
  return segments.slice(first + 1);
}
