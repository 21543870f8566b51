'use client';

import { useRouter } from 'next/navigation';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { useWords } from '../language/use-language.ts';
import { accountFormWords } from './words.tsx';

export function EndSession({ id, device }: { id: string; device: string }) {
  const router = useRouter();
  const say = useWords(accountFormWords);
  return (
    <ConfirmButton
      label={say.end}
      name={say.endOf(device)}
      question={say.endQuestion(device)}
      verb={say.endSession}
      work={() => send('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`)}
      done={() => router.refresh()}
    >
      {say.whatEnds}
    </ConfirmButton>
  );
}

export function EndOtherSessions({ count }: { count: number }) {
  const router = useRouter();
  const say = useWords(accountFormWords);
  return (
    <ConfirmButton
      label={say.endOthers}
      question={say.endOthersQuestion(count)}
      verb={say.endOtherSessions}
      work={() => send('DELETE', '/api/v1/sessions')}
      done={() => router.refresh()}
    >
      {say.whatOthersEnd}
    </ConfirmButton>
  );
}
