'use client';

import Link from 'next/link';
import { signInPath } from '../auth/next-path.ts';
import { useWords } from '../language/use-language.ts';
import { useAddressOf, usePicked } from '../live/picked.tsx';
import { inspectorWords } from './words.ts';

/** The way to what only who is signed in may see, and back to this very tick. */
export function SignInHint({ children }: { children: string }) {
  const say = useWords(inspectorWords);
  const addressOf = useAddressOf();
  const { tick } = usePicked();
  return (
    <p className="dim">
      <Link href={signInPath(addressOf(tick))} prefetch={false}>
        {say.signIn}
      </Link>{' '}
      {children}
    </p>
  );
}
