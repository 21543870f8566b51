import type * as z from 'zod';
import { parseAllowance } from '#lib/archives/address-rules';
import { fetchArchive } from '#lib/archives/fetch-archive';
import type { Context } from '#lib/context';
import type { Handed } from '#lib/functions/deploy-code';
import { invalid } from '#lib/parse-input';
import type { deployment } from '#lib/schemas/api';

/** The code that a body holds or names; an archive is fetched now. `invalid` says which rule its address breaks. */
export async function handedBy(ctx: Context, body: z.output<typeof deployment>): Promise<Handed> {
  const { text, url, language, entry, message } = body;
  if (text !== undefined && language !== undefined) return { kind: 'file', text, language, message };
  const fetched = await fetchArchive(url ?? '', { allowed: parseAllowance(ctx.config.archives.allow) });
  if (fetched.kind !== 'fetched') throw invalid([{ path: 'url', code: 'not_fetched', message: whyNot(fetched) }]);
  return { kind: 'archive', bytes: fetched.bytes, entry, language, message, source: withoutSecrets(url ?? '') };
}

function whyNot(
  fetched: { kind: 'refused'; rule: string } | { kind: 'failed'; reason: string } | { kind: 'unchanged' },
) {
  if (fetched.kind === 'refused') return `must not be fetched: ${fetched.rule}`;
  return `cannot be fetched: ${fetched.kind === 'failed' ? fetched.reason : 'nothing came'}`;
}

/** The list of versions shows where code is from: without a password, or a signature in the query. */
function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
