import type { FieldCode } from './field-code.ts';

/** What is said of a password that breaks a rule. */
export type PasswordProblem = { code: FieldCode; limit?: number; message: string };

/** One rule for a new password: what it says when it is broken, and whether it is kept. */
export type PasswordRule = PasswordProblem & { isKept: (password: string, name: string) => boolean };

export const PASSWORD_LENGTH = { least: 8, most: 200 } as const;

/** An API token as it is shown once: its prefix and 256 random bits as base64url. */
export const TOKEN = /^vig_[A-Za-z0-9_-]{43}$/;

const { least, most } = PASSWORD_LENGTH;

/** Every rule, by its name. There is no zod here: a form that shows them as somebody types loads only these. */
export const passwordRules = {
  longEnough: {
    code: 'too_short',
    limit: least,
    message: `must have at least ${least} characters`,
    isKept: ({ length }) => length >= least,
  },
  shortEnough: {
    code: 'too_long',
    limit: most,
    message: `must have at most ${most} characters`,
    isKept: ({ length }) => length <= most,
  },
  notAToken: {
    code: 'password_is_token',
    message: 'must not look like an API token',
    isKept: (password) => !TOKEN.test(password),
  },
  notTheName: {
    code: 'password_is_name',
    message: 'must not be the name',
    isKept: (password, name) => password.toLowerCase() !== name.toLowerCase(),
  },
} as const satisfies Record<string, PasswordRule>;

/** Why this cannot be the password of the account with this name, or null when it can. */
export function passwordProblem(password: string, name: string): PasswordProblem | null {
  const broken = Object.values<PasswordRule>(passwordRules).find(({ isKept }) => !isKept(password, name));
  if (broken === undefined) return null;
  const { isKept: _, ...problem } = broken;
  return problem;
}
