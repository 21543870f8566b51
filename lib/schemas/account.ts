import * as z from 'zod';
import { PASSWORD_LENGTH, passwordRules, TOKEN } from './password-rules.ts';

/** What an account may do: an `admin` everything, a `user` only with what is their own. */
export const role = z.enum(['admin', 'user']);
export type Role = z.infer<typeof role>;

/** An account's number: never changes and is never used again. 0 is the first admin. */
export const uid = z.int('must be a whole number').min(0, 'must not be negative');

/**
 * What a person types to sign in; unique without regard to case. Not digits alone, because a uid may stand in its place,
 * and no colon, because Basic credentials end the name with one (RFC 7617).
 */
export const loginName = z
  .string()
  .trim()
  .regex(
    /^(?!\d+$)[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/,
    'must be 1 to 64 letters, digits, ".", "_", "@", "+" or "-", start with a letter or digit, and not be digits alone',
  );

export const tokenText = z.string().regex(TOKEN);

const { longEnough, shortEnough, notAToken, notTheName } = passwordRules;

/** The rules for a new password that do not depend on whose it is: `passwordProblem` has them all. */
export const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.least, longEnough.message)
  .max(PASSWORD_LENGTH.most, shortEnough.message)
  .refine(notAToken.isKept, { message: notAToken.message, params: { code: notAToken.code } });

/** An account as it is shown; times are ms since the epoch. */
export const user = z.object({
  uid,
  name: loginName,
  role,
  /** Cannot sign in; what it had signed in with has ended, and its tokens do nothing. */
  disabled: z.boolean(),
  createdAt: z.number(),
  passwordChangedAt: z.number(),
  /** Another one after each change: a save that was based on an older one is refused. */
  version: z.int(),
});
export type User = z.infer<typeof user>;

/** What an admin fills in; without a password one is generated. */
export const newUser = z
  .strictObject({ name: loginName, role: role.default('user'), password: newPassword.optional() })
  .refine(({ name, password }) => password === undefined || notTheName.isKept(password, name), {
    path: ['password'],
    message: notTheName.message,
    params: { code: notTheName.code },
  });
export type NewUser = z.input<typeof newUser>;

/** What an admin may change about an account; what is left out stays. */
export const userChanges = z.strictObject({ name: loginName, role, disabled: z.boolean() }).partial();
export type UserChanges = z.infer<typeof userChanges>;

/** What becomes of the API tokens when the password changes: they stay, unless somebody else may have them. */
const tokensToo = z.enum(['keep', 'end']).default('keep');

/** By an admin, for somebody else; without a password one is generated. */
export const passwordReset = z.strictObject({ password: newPassword.optional(), tokens: tokensToo });
export type PasswordReset = z.input<typeof passwordReset>;

/** One's own, proven by the one that it replaces. */
export const passwordChange = z.strictObject({
  current: z.string().min(1, 'must not be empty').max(1_024, 'is too long'),
  password: newPassword,
  tokens: tokensToo,
});
export type PasswordChange = z.input<typeof passwordChange>;

const NAME_OR_UID = 'must be a name or a uid';

/** `name` is a login name or a uid. A password that breaks today's rules may still be somebody's. */
export const signInRequest = z.strictObject({
  name: z.union([z.int(NAME_OR_UID).min(0, NAME_OR_UID), z.string().trim().min(1, NAME_OR_UID).max(64, NAME_OR_UID)], {
    error: NAME_OR_UID,
  }),
  password: z.string().min(1, 'must not be empty').max(1_024, 'is too long'),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** A browser that is signed in. */
export const session = z.object({
  /** Names it in a list; not what the browser holds. */
  id: z.string(),
  createdAt: z.number(),
  /** Exact to a minute. */
  lastSeenAt: z.number(),
  /** When it ends if it is not used again. */
  expiresAt: z.number(),
  address: z.string(),
  userAgent: z.string(),
  /** Whether the list was asked for with this one. */
  isCurrent: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** An API token in a list; its text is shown only once, when it is made. */
export const token = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  /** Null: when it is revoked. */
  expiresAt: z.number().nullable(),
  /** Exact to a minute. */
  lastUsedAt: z.number().nullable(),
});
export type Token = z.infer<typeof token>;

export const newToken = z.strictObject({
  name: z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters'),
  /** ms since the epoch. */
  expiresAt: z.int('must be a time in ms').nullable().default(null),
});
export type NewToken = z.input<typeof newToken>;

/** Told to every process when credentials end before their time, so that open streams end with them. */
export const credentialEnding = z.object({
  uid,
  /** Of sessions and tokens. */
  credentialIds: z.array(z.string()),
  /** Whether what the password alone had proven ends too. */
  isPasswordOver: z.boolean(),
});
export type CredentialEnding = z.infer<typeof credentialEnding>;
