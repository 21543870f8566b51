'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { signInPath } from '../auth/next-path.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';

type Props = {
  href: string;
  /** Where its pages are, besides `href` itself. */
  under?: string;
  children: ReactNode;
};

/** A link of a navigation, which knows whether the reader is there. */
export function NavLink({ href, under, children }: Props) {
  const path = usePathname();
  const isHere = path === href || (under !== undefined && path.startsWith(`${under}/`));
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} prefetch={false}>
      {children}
    </Link>
  );
}

/** Leads back to where the reader is now. */
export function SignInLink() {
  const path = usePathname();
  const search = useSearchParams().toString();
  const { signIn } = useWords(commonWords);
  if (path === '/signin') return null;
  return (
    <Link className="btn quiet" href={signInPath(search === '' ? path : `${path}?${search}`)} prefetch={false}>
      {signIn}
    </Link>
  );
}
