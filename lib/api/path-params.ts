import * as z from 'zod';
import { entryId } from '#lib/schemas/history';
import { functionName } from '#lib/schemas/name';

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** What can stand in the path of an endpoint, by its name in braces. */
export const pathParams = {
  name: functionName.meta({ description: 'Name of a function.', example: 'cpu-alert' }),
  number: wholeNumber.meta({ description: 'Number of a version of its code.', example: '2' }),
  invocation: entryId.meta({ description: 'Id of an invocation.', example: '1764000000000-0' }),
  key: z.string().min(1).max(512).meta({ description: 'Input key of a function.', example: 'metrics' }),
  job: wholeNumber.meta({ description: 'Number of a job.', example: '1' }),
  uid: wholeNumber.meta({ description: 'Number of an account.', example: '1' }),
  session: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .meta({ description: 'Id of a session.', example: 'u8Zb1r5wQ0gD3sJmV7kT2xNfYcAhLpEoRiKqWtBnM4U' }),
  token: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .meta({ description: 'Id of a token.', example: 'p2Xc9m4vL1hR6tKjW8nS3yQgZdBfMoEaUiGrVxCkN5T' }),
} as const;

export type ParamName = keyof typeof pathParams;

/** The names in braces of a path; `never` for one that has none. */
export type NamesIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
