import type * as z from 'zod';
import { readFunction } from '#lib/functions/read-function';
import type { functionReading } from '#lib/schemas/api';
import { respond } from '../../../respond.ts';

export async function GET(_request: Request, { params }: RouteContext<'/api/v1/functions/[name]'>): Promise<Response> {
  const { name } = await params;
  return await respond((ctx): Promise<z.infer<typeof functionReading>> => readFunction(ctx, { name }));
}
