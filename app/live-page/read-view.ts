import 'server-only';
import { cookies } from 'next/headers';
import { zoneOrUtc } from '../format/zone.ts';
import { parseView, type SearchParams, type View } from './view.ts';

/** The view that an address asks for, its times read by the reader's clock. */
export async function readView(path: string, search: Promise<SearchParams>): Promise<View> {
  const timeZone = zoneOrUtc((await cookies()).get('zone')?.value);
  return parseView(path, await search, { now: Date.now(), timeZone });
}
