import * as z from 'zod';
import { readAfter, readNewest } from '#lib/functions/history-entries';
import { readFunction } from '#lib/functions/read-function';
import type { resultsPage } from '#lib/schemas/api';
import { entryId } from '#lib/schemas/history';
import { parseQuery, respond, wholeNumber } from '../../../../respond.ts';

const query = z
  .object({
    limit: wholeNumber.pipe(z.number().min(1).max(1_000)).default(50),
    before: entryId.optional(),
    after: entryId.optional(),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    path: ['after'],
    message: 'cannot be combined with before',
  });

/** The newest entries, those before an id, or (oldest first) those after one. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/api/v1/functions/[name]/results'>,
): Promise<Response> {
  const { name } = await params;
  return await respond(async (ctx): Promise<z.infer<typeof resultsPage>> => {
    const { limit, before, after } = parseQuery(query, request);
    await readFunction(ctx, { name });
    if (after !== undefined) {
      const { entries, complete } = await readAfter(ctx, name, after, limit);
      return { results: entries, complete };
    }
    const results = await readNewest(ctx, name, limit, before);
    return { results, complete: results.length < limit };
  });
}
