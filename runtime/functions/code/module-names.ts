import * as z from 'zod';

/** The names at the top level of one module, found without running it. */
export const moduleNames = z.object({
  /** Defined there: functions, classes, assignments. */
  defines: z.array(z.string()),
  /** Brought in from elsewhere, and so only perhaps meant to be the module's own. */
  imports: z.array(z.string()),
  /** Why they could not be found. */
  problem: z.string().optional(),
});
export type ModuleNames = z.infer<typeof moduleNames>;
