import { formatFor } from './format-for.ts';

// English only: what still calls these does not know the reader's language yet.
export const { age, span } = formatFor('en');
