import * as z from 'zod';

/**
 * What can be done that is kept in the audit; `session.refused` is a wrong password, however it came, `job.refuse` a job
 * above a quota.
 */
export const auditAction = z.enum([
  'session.start',
  'session.refused',
  'session.end',
  'password.change',
  'password.reset',
  'token.create',
  'token.revoke',
  'user.create',
  'user.update',
  'user.delete',
  'function.create',
  'function.delete',
  'function.settings',
  'function.enable',
  'function.disable',
  'function.deploy',
  'function.roll-back',
  'job.cancel',
  'job.refuse',
]);
export type AuditAction = z.infer<typeof auditAction>;

/** Who changed what, from what to what, when and from where. Never with a password, a token or code in it. */
export const auditEntry = z.object({
  id: z.string(),
  /** ms since the epoch. */
  at: z.number(),
  /** Null when nobody was signed in: a refused sign-in, or what somebody did with a shell of the machine. */
  uid: z.number().nullable(),
  name: z.string().nullable(),
  action: auditAction,
  /** `function/<name>`, `job/<id>`, `user/<uid>`, `session/<id>`, `token/<id>`. */
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** That of the function with this change, where settings are others than before. */
  revision: z.number().optional(),
  /** Or the name of that machine. */
  address: z.string(),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What was done, as a handler reports it. */
export const auditedChange = auditEntry.pick({ action: true, target: true, before: true, after: true, revision: true });
export type AuditedChange = z.infer<typeof auditedChange>;
