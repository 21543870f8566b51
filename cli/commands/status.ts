import { statusDetails } from '#lib/schemas/status';
import { command } from '../command.ts';
import { statusView } from './status-view.ts';

export const status = command({
  name: 'status',
  summary: 'Show which process plays which role, how Redis is and what there is to do; for admins.',
  shows: true,
  examples: ['vigia status', 'vigia status -o json'],
  async run(cli) {
    const api = await cli.api();
    const read = await api.call('GET', '/status/details', statusDetails);
    await cli.out.show(read, statusView(read));
    return undefined;
  },
});
