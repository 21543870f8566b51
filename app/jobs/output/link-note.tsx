'use client';

import { useWords } from '../../language/use-language.ts';
import { jobWords } from '../words.ts';
import type { FollowLink } from './job-follower.ts';
import { outputWords } from './words.ts';

/** Said while what is shown may not be all. */
export function LinkNote({ link }: { link: FollowLink }) {
  const say = useWords(outputWords);
  const { signIn } = useWords(jobWords);
  return (
    <span role="status" className="small warn-t cut">
      {link === 'lost' && say.lost}
      {link === 'away' && say.away}
      {link === 'gone' && say.gone}
      {link === 'signed-out' && (
        <>
          {say.signedOut} <a href={`/signin?next=${encodeURIComponent(location.pathname)}`}>{signIn}</a>
        </>
      )}
    </span>
  );
}
