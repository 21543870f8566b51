import { createFunction } from '#lib/functions/create-function';
import { deleteFunction } from '#lib/functions/delete-function';
import { listFunctions } from '#lib/functions/list-functions';
import { readFunction } from '#lib/functions/read-function';
import { functionList, functionReading, newFunction, settingsReading } from '#lib/schemas/api';
import { endpoint } from '../endpoint.ts';
import { created, done, json, ok } from '../media.ts';
import { settingsOf, withCurrentSettings } from './settings-reading.ts';

export const functionEndpoints = [
  endpoint({
    id: 'listFunctions',
    section: 'Functions',
    method: 'GET',
    path: '/functions',
    summary: 'List the state of every function, by name.',
    access: 'reader',
    answer: ok('The functions.', functionList),
    example: {},
    async handle(ctx) {
      return { body: { functions: await listFunctions(ctx) } };
    },
  }),

  endpoint({
    id: 'createFunction',
    section: 'Functions',
    method: 'POST',
    path: '/functions',
    summary: 'Create a function; without code of its own it runs the built-in one.',
    access: 'admin',
    body: json(newFunction),
    isIdempotent: true,
    answer: created('What is wanted of it now.', settingsReading),
    refusals: ['exists'],
    example: {
      body: {
        name: 'cpu-alert',
        settings: { periodMs: 1_000 },
        code: { language: 'python', text: 'def handler(input, context):\n    return {"ok": True}\n' },
      },
    },
    async handle(ctx, { caller, body: { name, settings, code } }) {
      const handed = code === undefined ? undefined : ({ kind: 'file', ...code } as const);
      const record = await createFunction(ctx, caller, { name, settings, code: handed });
      return {
        body: settingsOf(record),
        revision: record.revision,
        location: `/functions/${name}`,
        audit: { action: 'function.create', target: `function/${name}`, before: null, after: settings },
      };
    },
  }),

  endpoint({
    id: 'readFunction',
    section: 'Functions',
    method: 'GET',
    path: '/functions/{name}',
    summary: 'Read the state of a function, and whether a runtime and a collector work for it.',
    access: 'reader',
    answer: ok('Its state.', functionReading),
    example: {},
    async handle(ctx, { params: { name } }) {
      return { body: await readFunction(ctx, { name }) };
    },
  }),

  endpoint({
    id: 'deleteFunction',
    section: 'Functions',
    method: 'DELETE',
    path: '/functions/{name}',
    summary: 'Delete a function with its code, state and history; the newest value of its output key stays.',
    description: 'One that the environment of a running process declares cannot be deleted, only disabled.',
    access: 'admin',
    checksRevision: true,
    answer: done('Deleted.'),
    refusals: ['in_use'],
    example: {},
    async handle(ctx, { caller, params: { name }, revision }) {
      const change = { name, revision };
      await withCurrentSettings(() => deleteFunction(ctx, caller, change));
      const audit = { action: 'function.delete', target: `function/${name}`, before: null, after: null } as const;
      return { body: null, audit };
    },
  }),
];
