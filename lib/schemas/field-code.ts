import * as z from 'zod';

/** Which rule a field breaks: it stays the same whatever the message says, for programs and for pages in other languages. */
export const fieldCode = z.enum([
  'required',
  'too_short',
  'too_long',
  'too_small',
  'too_large',
  'too_many',
  'not_whole',
  'not_json',
  'not_a_choice',
  'wrong_type',
  'wrong_format',
  'unknown',
  'taken',
  'reused',
  'in_the_past',
  'wrong_password',
  'password_is_name',
  'password_is_token',
  'last_admin',
  'reserved_key',
  'same_as_input',
  'output_of_other',
  'collected_key',
  'not_fetched',
  'unusable',
  'refused',
]);
export type FieldCode = z.infer<typeof fieldCode>;
