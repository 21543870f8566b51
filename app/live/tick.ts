/** A tick in an address; what is none is as if it were not there. */
export function parseTick(text: string | null | undefined): string | null {
  return text !== null && text !== undefined && /^\d{1,16}(-\d{1,10})?$/.test(text) ? text : null;
}
