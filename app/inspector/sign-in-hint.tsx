'use client';

import { useWords } from '../language/use-language.ts';
import { inspectorWords } from './words.ts';

/** The way to what only who is signed in may see, and back to this very tick. */
export function SignInHint({ children }: { children: string }) {
  const say = useWords(inspectorWords);
  const go = () => {
    const { pathname, search } = window.location;
    window.location.assign(`/signin?next=${encodeURIComponent(pathname + search)}`);
  };
  return (
    <p className="dim">
      <button type="button" className="btn link" onClick={go}>
        {say.signIn}
      </button>{' '}
      {children}
    </p>
  );
}
