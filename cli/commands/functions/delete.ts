import * as z from 'zod';
import { functionName } from '#lib/schemas/name';
import { command } from '../../command.ts';
import { word } from '../../params.ts';

export const deleteFunction = command({
  name: 'functions delete',
  summary: 'Delete a function with its code, state and history; for admins.',
  words: { name: word('NAME', 'The function.', functionName) },
  examples: ['vigia functions delete cpu-alert'],
  async run(cli, { name }) {
    const api = await cli.api();
    await api.call('DELETE', `/functions/${name}`, z.null());
    cli.out.say(`${name} is deleted`);
    return undefined;
  },
});
