/** What an account may do: an `admin` everything, a `user` only with what is their own. */
export type Role = 'admin' | 'user';

/** Who asks. Every verb that changes something, or shows what is not public, gets one and decides by it. */
export type Caller = {
  uid: number;
  name: string;
  role: Role;
  /** How they proved it: only what a browser sends by itself needs its origin checked. */
  via: 'session' | 'token' | 'password';
  /** Of the session or the token, where there is one. */
  credentialId: string | null;
};
