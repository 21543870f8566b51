import * as z from 'zod';
import { jobLanguage, jobStatus } from '#lib/schemas/job';

const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

/** What the address asks for; what makes no sense in it is left out. */
const asked = z.object({
  status: jobStatus.optional().catch(undefined),
  language: jobLanguage.optional().catch(undefined),
  uid: number,
  before: number,
  /** A job whose script is to be submitted again. */
  from: number,
});

export function parseJobsQuery(searchParams: Record<string, string | string[] | undefined>) {
  const { from, ...query } = asked.parse(searchParams);
  return { query, from };
}

/** The number of a job in its address; null for what is none. */
export function parseJobId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
