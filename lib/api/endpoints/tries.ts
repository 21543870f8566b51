import { tryCode } from '#lib/functions/try-code';
import { archiveTryQuery, tryRequest } from '#lib/schemas/api';
import { tryReport } from '#lib/schemas/try';
import { endpoint } from '../endpoint.ts';
import { archive, json, ok } from '../media.ts';

const answer = ok('What it returned or threw, what it printed, how long it took.', tryReport);

export const tryEndpoints = [
  endpoint({
    id: 'tryCode',
    section: 'Code',
    method: 'POST',
    path: '/functions/{name}/try',
    summary: 'Run code once on the live input, or on one of your own; nothing is written.',
    description: 'Without code, a version that is kept, or the one that is to run.',
    access: 'admin',
    body: json(tryRequest),
    answer,
    refusals: ['busy'],
    example: {
      body: {
        code: { language: 'python', text: 'def handler(input, context):\n    return {"seen": len(input)}\n' },
        input: '{"cpu_percent-0": 12.5}',
      },
    },
    async handle(ctx, { caller, params: { name }, body: { code, ...options } }) {
      const handed = code === undefined ? undefined : ({ kind: 'file', ...code } as const);
      return { body: await tryCode(ctx, caller, { name, ...options, code: handed }), audit: null };
    },
  }),

  endpoint({
    id: 'tryArchive',
    section: 'Code',
    method: 'POST',
    path: '/functions/{name}/try',
    summary: 'Run the code of a zip archive once; nothing is written.',
    access: 'admin',
    query: archiveTryQuery,
    body: archive,
    answer,
    refusals: ['busy'],
    example: { query: { input: '{"cpu_percent-0":12.5}' }, body: Buffer.from('PK…') },
    async handle(ctx, { caller, params: { name }, query: { entry, language, ...options }, body: bytes }) {
      const code = { kind: 'archive', bytes, entry, language } as const;
      return { body: await tryCode(ctx, caller, { name, ...options, code }), audit: null };
    },
  }),
];
