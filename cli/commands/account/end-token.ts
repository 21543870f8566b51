import * as z from 'zod';
import { ApiClient } from '../../api/client.ts';
import { Refusal } from '../../api/refusal.ts';
import type { Credential } from '../../credentials/store.ts';

/** Revokes a token that `vigia login` has made; one that somebody brought may be in use elsewhere. */
export async function endToken(server: string, { token, tokenId }: Credential): Promise<void> {
  if (tokenId === null) return;
  try {
    await new ApiClient(server, `Bearer ${token}`).call('DELETE', `/tokens/${tokenId}`, z.null());
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Refusal && [401, 404].includes(error.status))) throw error;
  }
}
