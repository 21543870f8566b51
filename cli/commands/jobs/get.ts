import { job } from '#lib/schemas/job';
import type { ApiClient } from '../../api/client.ts';
import { followJob } from '../../api/follow-job.ts';
import type { Cli } from '../../cli.ts';
import { command } from '../../command.ts';
import { flag, word } from '../../params.ts';
import { watch } from '../../show/watch.ts';
import { jobNumber } from './job-number.ts';
import { jobDetails } from './job-views.ts';

export const get = command({
  name: 'jobs get',
  summary: 'Show all about a job; with `-o json` what it has written, too.',
  words: { id: word('ID', 'Its number.', jobNumber) },
  options: { watch: flag('Show it again whenever it gets on, until its end.', { short: 'W' }) },
  shows: true,
  examples: ['vigia jobs get 12', 'vigia jobs get 12 -o json'],
  async run(cli, { id }, { watch: isWatched }) {
    const api = await cli.api();
    const take = async () => {
      const read = await api.call('GET', `/jobs/${id}`, job);
      return { value: read, draw: jobDetails(read), isLast: read.endedAt !== null };
    };
    if (isWatched) return void (await watch(cli.out, steps(cli, api, id), take));
    const { value, draw } = await take();
    await cli.out.show(value, draw);
    return;
  },
});

async function* steps(cli: Cli, api: ApiClient, id: number): AsyncGenerator<void, void> {
  const signal = cli.interruptible(`Job ${id} goes on`);
  const onAway = (reason: string) => cli.out.hint(`${reason}; trying again`);
  for await (const { event } of followJob(api, id, { signal, onAway })) {
    if (event === 'away') onAway('Redis does not answer');
    else yield;
  }
}
