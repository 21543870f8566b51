'use client';

import Link from 'next/link';
import type { Overview } from '#lib/schemas/overview';
import { useFormat, useWords } from '../language/use-language.ts';
import { type OverviewView, overviewHref } from './overview-view.ts';
import { overviewWords } from './words.ts';

/** The way to the functions that have no room on this page. */
export function OverviewPager({ overview: { page, pages }, view }: { overview: Overview; view: OverviewView }) {
  const say = useWords(overviewWords);
  const { whole } = useFormat();
  if (pages === 1) return null;
  const to = (target: number) => overviewHref({ ...view, page: target });
  return (
    <nav className="pager" aria-label={say.pages}>
      {page > 1 && (
        <Link className="btn" href={to(page - 1)} prefetch={false} rel="prev">
          {say.previous}
        </Link>
      )}
      <span className="small dim">{say.pageOf(whole(page), whole(pages))}</span>
      {page < pages && (
        <Link className="btn" href={to(page + 1)} prefetch={false} rel="next">
          {say.next}
        </Link>
      )}
    </nav>
  );
}
