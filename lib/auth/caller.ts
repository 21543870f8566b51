import type { Role } from '#lib/schemas/account';

export type { Role };

/** Who asks. Every verb that changes something, or shows what is not public, gets one and decides by it. */
export type Caller = {
  uid: number;
  name: string;
  role: Role;
  /**
   * How they proved it. A browser sends a session by itself, and a password too once it has asked for one, so the origin
   * of their writes needs a check; nobody sends a token without meaning to.
   */
  via: 'session' | 'token' | 'password';
  /** Of the session or the token, where there is one. */
  credentialId: string | null;
};
