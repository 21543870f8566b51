import * as z from 'zod';
import { type JobSummary, jobId, jobLanguage, jobPage, jobStatus } from '#lib/schemas/job';
import type { ApiClient } from '../../api/client.ts';
import { resumingEvents } from '../../api/resuming-events.ts';
import type { Cli } from '../../cli.ts';
import { command } from '../../command.ts';
import { pointInTime } from '../../input/time.ts';
import { digits, flag, value } from '../../params.ts';
import { watch } from '../../show/watch.ts';
import { uidOf } from '../users/user-named.ts';
import { jobTable } from './job-views.ts';

const MOST_OF_A_PAGE = 200;

type Filter = Record<string, string | number | undefined>;

export const list = command({
  name: 'jobs list',
  summary: 'List your jobs, or as an admin everybody’s; the newest first.',
  options: {
    status: value('STATUS', 'Only those in this state.', jobStatus, { short: 's' }),
    language: value('LANGUAGE', 'Only those in this language.', jobLanguage, { short: 'l' }),
    user: value('USER', 'Only those of this user, by name or uid.', z.string().min(1), { short: 'u' }),
    since: value('TIME', 'Only those submitted from then on: 2h ago, or a date.', pointInTime),
    until: value('TIME', 'Only those submitted before then.', pointInTime),
    before: value('ID', 'Only those older than this one.', digits(jobId)),
    limit: value('N', 'How many at most; 20 unless given.', digits(z.int().min(1, 'must be positive').max(10_000))),
    watch: flag('Show the list again whenever a job of it moves.', { short: 'W' }),
  },
  shows: true,
  examples: [
    'vigia jobs list',
    'vigia jobs list --status ERROR --since 2h',
    'vigia jobs list --user ada -o json',
    'vigia jobs list --watch',
  ],
  async run(cli, _words, { user, limit = 20, watch: isWatched, ...rest }) {
    const api = await cli.api();
    const filter = { ...rest, uid: user === undefined ? undefined : await uidOf(api, user) };
    const take = async () => {
      const { jobs, next, unreadable } = await readJobs(api, filter, limit);
      return { value: jobs, draw: jobTable(jobs), next, unreadable };
    };
    if (isWatched) return void (await watch(cli.out, moves(cli, api), take));
    const { value: jobs, draw, next, unreadable } = await take();
    await cli.out.show(jobs, draw);
    if (unreadable > 0) cli.out.say(`Not shown, as another version has stored them: ${unreadable}`);
    if (jobs.length === 0) cli.out.say('There are no such jobs');
    else if (next !== null) cli.out.hint(`Older ones: --before ${next}`);
    return;
  },
});

/** A page of the API may be short while there are more, where there is a filter. */
async function readJobs(api: ApiClient, filter: Filter, limit: number) {
  const jobs: JobSummary[] = [];
  let next: number | null = null;
  let unreadable = 0;
  do {
    const query: Filter = {
      ...filter,
      limit: Math.min(limit - jobs.length, MOST_OF_A_PAGE),
      before: next ?? filter.before,
    };
    const page: z.infer<typeof jobPage> = await api.call('GET', '/jobs', jobPage, { query });
    jobs.push(...page.jobs);
    next = page.next;
    unreadable += page.unreadable;
  } while (next !== null && jobs.length < limit);
  return { jobs, next, unreadable };
}

/** Whatever the feed tells of jobs, the list is read anew: its filters are the server's. */
async function* moves(cli: Cli, api: ApiClient): AsyncGenerator<void, void> {
  const signal = cli.interruptible('');
  const onAway = (reason: string) => cli.out.hint(`${reason}; trying again`);
  for await (const { event } of resumingEvents(api, '/jobs/events', { signal, onAway })) {
    if (event === 'reset' || event === 'jobs') yield;
  }
}
