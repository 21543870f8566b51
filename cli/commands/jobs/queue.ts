import { type JobQueue, jobQueue } from '#lib/schemas/job-queue';
import { command } from '../../command.ts';
import { span } from '../../show/format.ts';
import type { Draw } from '../../show/output.ts';
import { fields, table } from '../../show/table.ts';

export const queue = command({
  name: 'jobs queue',
  summary: 'Show how busy it is, which workers are there, and how much you may have of it.',
  shows: true,
  examples: ['vigia jobs queue'],
  async run(cli) {
    const api = await cli.api();
    const read = await api.call('GET', '/jobs/queue', jobQueue);
    await cli.out.show(read, queueView(read));
    if (read.workers.length === 0) cli.out.say('There is no worker: jobs wait until one is there');
    return undefined;
  },
});

function queueView({ waiting, running, own, limits, languages, workers }: JobQueue): Draw {
  return (screen) => {
    const about = fields(
      [
        ['Waiting', `${waiting}, ${own.waiting} of yours (at most ${limits.waitingPerUser})`],
        ['Running', `${running}, ${own.running} of yours (at most ${limits.runningPerUser} at once)`],
        ['Time limit', span(limits.timeMs)],
      ],
      screen,
    );
    const byLanguage = table(
      languages,
      [
        { title: 'LANGUAGE', of: ({ language }) => language },
        { title: 'WAITING', of: (each) => each.waiting, isNumber: true },
        { title: 'WORKERS', of: (each) => each.workers, isNumber: true },
      ],
      screen,
    );
    const there = table(
      workers,
      [
        { title: 'EXECUTOR', of: ({ executor }) => executor },
        { title: 'SANDBOX', of: ({ tier, missing }) => tier ?? `none: ${missing.join(', ')}`, mayCut: true },
        { title: 'AT ONCE', of: ({ concurrency }) => concurrency, isNumber: true },
        { title: 'LANGUAGES', of: (each) => each.languages.join(', ') },
      ],
      screen,
    );
    return [about, byLanguage, ...(workers.length === 0 ? [] : [there])].join('\n');
  };
}
