import { jobId } from '#lib/schemas/job';
import { digits } from '../../params.ts';

/** A job's number as it is typed. */
export const jobNumber = digits(jobId);
