'use client';

import { useWords } from '../language/use-language.ts';
import { uiWords } from './words.ts';

/** Ends the session. Whatever comes of it, the next page says who is signed in, and a whole load keeps nothing of this one. */
export function SignOut() {
  const say = useWords(uiWords);
  const signOut = async () => {
    await fetch('/api/v1/session', { method: 'DELETE' }).catch(() => null);
    location.assign('/');
  };
  return (
    <button type="button" className="scripted" onClick={() => void signOut()}>
      {say.signOut}
    </button>
  );
}
