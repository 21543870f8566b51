import * as z from 'zod';

/** Names of functions are part of Redis keys and URLs. */
export const functionName = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?$/,
    'must be 1 to 64 letters, digits, "-", "_" or ".", starting and ending with a letter or digit',
  );
