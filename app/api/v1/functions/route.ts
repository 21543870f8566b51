import { connection } from 'next/server';
import type * as z from 'zod';
import { listFunctions } from '#lib/functions/list-functions';
import type { functionList } from '#lib/schemas/api';
import { respond } from '../../respond.ts';

export async function GET(): Promise<Response> {
  await connection();
  return await respond(async (ctx): Promise<z.infer<typeof functionList>> => ({ functions: await listFunctions(ctx) }));
}
