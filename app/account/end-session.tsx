'use client';

import { useRouter } from 'next/navigation';
import { counted } from '../format/number.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';

export function EndSession({ id, device }: { id: string; device: string }) {
  const router = useRouter();
  return (
    <ConfirmButton
      label="End"
      name={`End session of ${device}`}
      question={`End the session of ${device}?`}
      verb="End session"
      work={() => send('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`)}
      done={() => router.refresh()}
    >
      That browser is signed out at once, and its live pages stop if they need an account.
    </ConfirmButton>
  );
}

export function EndOtherSessions({ count }: { count: number }) {
  const router = useRouter();
  return (
    <ConfirmButton
      label="End all others"
      question={`End ${counted(count, 'other session')}?`}
      verb="End other sessions"
      work={() => send('DELETE', '/api/v1/sessions')}
      done={() => router.refresh()}
    >
      Every browser but this one is signed out at once.
    </ConfirmButton>
  );
}
