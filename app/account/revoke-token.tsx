'use client';

import { useRouter } from 'next/navigation';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { useWords } from '../language/use-language.ts';
import { accountFormWords } from './words.tsx';

export function RevokeToken({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const say = useWords(accountFormWords);
  return (
    <ConfirmButton
      label={say.revoke}
      name={say.revokeOf(name)}
      question={say.revokeQuestion(name)}
      verb={say.revokeToken}
      work={() => send('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`)}
      done={() => router.refresh()}
    >
      {say.whatIsRevoked}
    </ConfirmButton>
  );
}
