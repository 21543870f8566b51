'use client';

import useSWRImmutable from 'swr/immutable';
import type { Language } from '#lib/schemas/function';
import { apiOf } from '../live/rest.ts';

/** A version as it can be compared; `text` is null for an archive, and for one that is not kept any more. */
type VersionText = { number: number; text: string | null; language: Language | null };

/** Reads a version; it never changes, so once is enough. Null while it is on its way, or when none is asked for. */
export function useVersionText(name: string, number: number | null): { read: VersionText | null; hasFailed: boolean } {
  const path = number === null ? null : `${apiOf(name)}/versions/${number}`;
  const { data, error } = useSWRImmutable(path, async (url: string): Promise<VersionText> => {
    const [response, { asVersionText }] = await Promise.all([
      fetch(url, { cache: 'no-store' }),
      import('../settings-page/answers.ts'),
    ]);
    if (!response.ok) throw new Error(`${response.status} from ${url}`);
    const { version, text } = asVersionText(await response.json());
    return { number: version.number, text, language: version.language };
  });
  return { read: data ?? null, hasFailed: error !== undefined };
}
