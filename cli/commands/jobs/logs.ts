import { job } from '#lib/schemas/job';
import { command } from '../../command.ts';
import { flag, word } from '../../params.ts';
import { followToEnd } from './follow.ts';
import { endOf } from './job-exit.ts';
import { jobNumber } from './job-number.ts';

export const logs = command({
  name: 'jobs logs',
  summary: 'Write what a job has written, stdout and stderr apart.',
  description:
    'With `-f` it goes on until the job ends, across restarts of the server. Ctrl-C leaves the job alone. The exit code says ' +
    'whether the output could be had, and nothing of how the job ended.',
  words: { id: word('ID', 'Its number.', jobNumber) },
  options: { follow: flag('Go on with what it writes, until its end.', { short: 'f' }) },
  examples: ['vigia jobs logs 12', 'vigia jobs logs -f 12', 'vigia jobs logs 12 --raw > out.bin'],
  async run(cli, { id }, { follow }) {
    const api = await cli.api();
    if (follow) {
      const ended = await followToEnd(cli, api, id, { writesOutput: true, isNew: false });
      const reason = ended === null ? null : endOf(ended);
      if (reason !== null) cli.out.say(`vigia: ${reason}`);
      return;
    }
    const { stdout, stderr, status, truncated } = await api.call('GET', `/jobs/${id}`, job);
    cli.out.text('stdout', stdout);
    cli.out.text('stderr', stderr);
    if (truncated) cli.out.hint('It wrote more than is kept');
    if (status === 'WAITING' || status === 'RUNNING') cli.out.hint(`It is ${status}: vigia jobs logs -f ${id} goes on`);
    return;
  },
});
