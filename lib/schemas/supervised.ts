import * as z from 'zod';

/** What the web role tells its supervisor, once ever: how the first admin signs in. */
export const firstAdminMessage = z.object({ firstAdmin: z.object({ name: z.string(), password: z.string() }) });
export type FirstAdminMessage = z.infer<typeof firstAdminMessage>;

/** What a role tells its supervisor before it ends with `MISCONFIGURED`: what is wrong, one sentence each. */
export const misconfiguredMessage = z.object({ misconfigured: z.array(z.string()) });
export type MisconfiguredMessage = z.infer<typeof misconfiguredMessage>;
