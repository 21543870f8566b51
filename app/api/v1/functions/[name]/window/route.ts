import * as z from 'zod';
import { readFunction } from '#lib/functions/read-function';
import { readWindow } from '#lib/functions/read-window';
import type { SeriesWindow } from '#lib/schemas/history';
import { parseQuery, respond, wholeNumber } from '../../../../respond.ts';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const unit = z.enum(['s', 'm', 'h']);

/** `15m`, `2h` */
const range = z
  .string()
  .regex(/^\d{1,5}[smh]$/, 'must look like 15m, 2h or 90s')
  .transform((text) => Number.parseInt(text, 10) * UNIT_MS[unit.parse(text.at(-1))])
  .pipe(
    z
      .number()
      .min(1_000, 'must be at least 1s')
      .max(31 * 24 * UNIT_MS.h, 'must be at most 31 days'),
  );

const query = z
  .object({
    range: range.default(15 * UNIT_MS.m),
    from: wholeNumber.optional(),
    to: wholeNumber.optional(),
    points: wholeNumber.pipe(z.number().min(2).max(600)).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    message: 'must be before to',
  });

/** `?range=15m` up to now, or `?from=&to=` in ms since the epoch. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/api/v1/functions/[name]/window'>,
): Promise<Response> {
  const { name } = await params;
  return await respond(async (ctx): Promise<SeriesWindow> => {
    const { range: rangeMs, from, to = Date.now(), points } = parseQuery(query, request);
    const { state } = await readFunction(ctx, { name });
    return await readWindow(ctx, { name, from: from ?? to - rangeMs, to, periodMs: state.periodMs, points });
  });
}
