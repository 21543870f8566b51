import { userList } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { userTable } from './user-views.ts';

export const list = command({
  name: 'users list',
  summary: 'List every account; for admins.',
  shows: true,
  examples: ['vigia users list'],
  async run(cli) {
    const api = await cli.api();
    const { users } = await api.call('GET', '/users', userList);
    await cli.out.show(users, userTable(users));
    return undefined;
  },
});
