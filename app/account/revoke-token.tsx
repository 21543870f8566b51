'use client';

import { useRouter } from 'next/navigation';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';

export function RevokeToken({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  return (
    <ConfirmButton
      label="Revoke"
      name={`Revoke ${name}`}
      question={`Revoke the token ${name}?`}
      verb="Revoke token"
      work={() => send('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`)}
      done={() => router.refresh()}
    >
      Whatever uses it is refused from the next request on. It cannot be brought back.
    </ConfirmButton>
  );
}
