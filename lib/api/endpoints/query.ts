import * as z from 'zod';

/** A whole number in a query. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

/** How many of a list; between 1 and `most`. */
export const limit = (most: number) =>
  wholeNumber
    .pipe(z.number().min(1, 'must be at least 1').max(most, `must be at most ${most}`))
    .default(50)
    .describe(`How many at most: 1 to ${most}, 50 unless given.`);
