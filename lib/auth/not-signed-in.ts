import { VigiaError } from '#lib/errors';
import type { Presented } from './authenticate.ts';

/** For who asks without being anybody: why that is, but not which of the two is wrong. */
export function notSignedIn({ authorization }: Pick<Presented, 'authorization'>, advice = 'Sign in first'): VigiaError {
  const isRefused = authorization !== undefined;
  return new VigiaError('unauthenticated', isRefused ? 'Wrong name or password, or a token that has ended' : advice);
}
