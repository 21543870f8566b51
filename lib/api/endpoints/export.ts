import * as z from 'zod';
import { csvOf, jsonOf } from '#lib/functions/export/export-text';
import { type ExportRange, openExport } from '#lib/functions/export/open-export';
import { exportedHistory } from '#lib/schemas/export';
import { endpoint } from '../endpoint.ts';
import { csv, ok } from '../media.ts';
import { windowQuery } from './live-data.ts';

const { range, from, to } = windowQuery.shape;

const exportQuery = z
  .strictObject({ range, from, to })
  .refine((query) => query.from === undefined || query.to === undefined || query.from < query.to, {
    path: ['from'],
    message: 'must be before to',
  });

const FINENESS =
  'Every row that is kept: one for each invocation, or for each bucket of the finest tier that goes back so far.';

export const exportEndpoints = [
  endpoint({
    id: 'exportCsv',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/export.csv',
    summary: 'Download a range of a function’s history as CSV.',
    description: `${FINENESS} A text that a spreadsheet would take for a formula has a quote before it.`,
    access: 'reader',
    query: exportQuery,
    answer: csv('RFC 4180, in UTF-8, with a line of titles; it is sent while it is read.'),
    example: { query: { range: '1h' } },
    async handle(ctx, { params: { name }, query }) {
      const stretch = stretchOf(name, query);
      return { body: csvOf(await openExport(ctx, stretch)), fileName: fileNameOf(stretch, 'csv') };
    },
  }),

  endpoint({
    id: 'exportJson',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/export.json',
    summary: 'Download the same as JSON.',
    description: FINENESS,
    access: 'reader',
    query: exportQuery,
    answer: ok('The rows, oldest first; it is sent while it is read.', exportedHistory),
    example: { query: { range: '1h' } },
    async handle(ctx, { params: { name }, query }) {
      const stretch = stretchOf(name, query);
      return { body: jsonOf(await openExport(ctx, stretch)), fileName: fileNameOf(stretch, 'json') };
    },
  }),
];

type Asked = { range: number; from?: number | undefined; to?: number | undefined };

function stretchOf(name: string, { range: rangeMs, from: start, to: end = Date.now() }: Asked): ExportRange {
  return { name, from: start ?? end - rangeMs, to: end };
}

/** `default_2026-11-21T073000Z_2026-11-21T074500Z.csv`: no colons, which some systems do not take in a name. */
function fileNameOf({ name, from: start, to: end }: ExportRange, extension: string): string {
  const [first, last] = [start, end].map((at) => `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z`);
  return `${name}_${first}_${last}.${extension}`;
}
