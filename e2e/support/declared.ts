import type { Context } from '#lib/context';
import { declareFunction } from '#lib/functions/declare-function';

/** A function that is in the registry and that no runtime runs: what is written for it is kept. */
export async function declared(ctx: Context, name: string): Promise<void> {
  const code = { version: null, standIn: null, problem: null };
  await declareFunction(ctx, name, { host: 'test', settings: {}, from: {}, code });
}
