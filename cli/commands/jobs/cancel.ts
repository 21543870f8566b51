import { jobSummary } from '#lib/schemas/job';
import { command } from '../../command.ts';
import { word } from '../../params.ts';
import { jobNumber } from './job-number.ts';

export const cancel = command({
  name: 'jobs cancel',
  summary: 'End a job that waits or runs; done when none of its processes is left.',
  words: { id: word('ID', 'Its number.', jobNumber) },
  shows: true,
  examples: ['vigia jobs cancel 12'],
  async run(cli, { id }) {
    const api = await cli.api();
    const cancelled = await api.call('POST', `/jobs/${id}/cancel`, jobSummary);
    const { killed } = cancelled;
    const processes = killed === 1 ? 'one process was killed' : `${killed} processes were killed`;
    await cli.out.show(cancelled, () => `Job ${id} is cancelled; ${killed === 0 ? 'it had not started' : processes}\n`);
    return undefined;
  },
});
