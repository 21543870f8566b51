import * as z from 'zod';
import { wholeNumber } from './query.ts';

/** Whose sessions or tokens are meant. */
export const ofAccount = z.strictObject({
  uid: wholeNumber.optional().describe('Of an account; your own unless you are an admin and say another.'),
});
