import { isUnavailable } from '#lib/errors';

/** What comes of some reading, or null while Redis is away. */
export async function ifAvailable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
}
