import type * as z from 'zod';
import { readFunction } from '#lib/functions/read-function';
import { readSample } from '#lib/functions/read-sample';
import type { samplePage } from '#lib/schemas/api';
import { respond } from '../../../../respond.ts';

/** What the function's input key holds right now, as it was written. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/api/v1/functions/[name]/sample'>,
): Promise<Response> {
  const { name } = await params;
  return await respond(async (ctx): Promise<z.infer<typeof samplePage>> => {
    const { state } = await readFunction(ctx, { name });
    return { key: state.inputKey, text: await readSample(ctx, { key: state.inputKey }) };
  });
}
