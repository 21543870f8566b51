import { functionList } from '#lib/schemas/api';
import { command } from '../../command.ts';
import { flag } from '../../params.ts';
import { watch } from '../../show/watch.ts';
import { functionTable } from './function-views.ts';
import { everyTwoSeconds } from './polling.ts';

export const list = command({
  name: 'functions list',
  summary: 'List every function and how it is.',
  options: { watch: flag('Show the list again whenever it changes.', { short: 'W' }) },
  shows: true,
  examples: ['vigia functions list', 'vigia functions list --watch'],
  async run(cli, _words, { watch: isWatched }) {
    const api = await cli.api();
    const take = async () => {
      const { functions } = await api.call('GET', '/functions', functionList);
      return { value: functions, draw: functionTable(functions) };
    };
    if (isWatched) return void (await watch(cli.out, everyTwoSeconds(cli), take));
    const { value, draw } = await take();
    await cli.out.show(value, draw);
    if (value.length === 0) cli.out.say('There is no function');
    return;
  },
});
