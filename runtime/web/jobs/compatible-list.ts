import type { Context } from '#lib/context';
import { listJobs } from '#lib/jobs/list-jobs';
import { readWholeOutput } from '#lib/jobs/output-entries';
import { parseInput } from '#lib/parse-input';
import { compatibleListing } from '#lib/schemas/compatible-job';
import type { JobPage } from '#lib/schemas/job';
import { compatible } from './compatible-job.ts';
import type { Exchange } from './exchange.ts';
import { write } from './write.ts';

/** How many results are read at once: each may be 1 MiB. */
const AT_ONCE = 8;

/**
 * Answers with a list of the newest jobs that the caller may see, or those of one user, with their results; `Link` says where
 * older ones are. That may be much, so results are read as they can be written.
 */
export async function writeList(exchange: Exchange, uid: number | undefined): Promise<void> {
  const { ctx, url, request, response, signal } = exchange;
  const { limit, before } = parseInput(compatibleListing, Object.fromEntries(url.searchParams));
  const { jobs, next } = await newestOf(exchange, { uid, limit, before });
  const link = next === null ? {} : { Link: `<${url.pathname}?before=${next}&limit=${limit}>; rel="next"` };
  response.writeHead(200, { 'Content-Type': 'application/json', ...link });
  if (request.method === 'HEAD') return void response.end();
  await writeJobs(ctx, jobs, { response, signal });
}

async function newestOf(
  { ctx, caller }: Exchange,
  { uid, limit, before }: { uid: number | undefined; limit: number; before: number | undefined },
): Promise<Pick<JobPage, 'jobs' | 'next'>> {
  const jobs: JobPage['jobs'] = [];
  let next: number | null | undefined = before;
  do {
    const page: JobPage = await listJobs(ctx, caller, { uid, before: next, limit: Math.min(limit - jobs.length, 200) });
    jobs.push(...page.jobs);
    next = page.next;
  } while (next !== null && jobs.length < limit);
  return { jobs, next };
}

async function writeJobs(
  ctx: Context,
  jobs: JobPage['jobs'],
  { response, signal }: Pick<Exchange, 'response' | 'signal'>,
): Promise<void> {
  await write(response, '[', signal);
  for (let start = 0; start < jobs.length && !signal.aborted; start += AT_ONCE) {
    const some = jobs.slice(start, start + AT_ONCE);
    const outputs = await Promise.all(some.map(({ id }) => readWholeOutput(ctx, id)));
    for (const [index, job] of some.entries()) {
      const separator = start + index === 0 ? '' : ',';
      await write(response, separator + JSON.stringify(compatible(job, outputs[index] ?? { result: '' })), signal);
    }
  }
  response.end(']');
}
