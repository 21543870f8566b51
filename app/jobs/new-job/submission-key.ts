import type { Answer } from '../../forms/send.ts';

/**
 * A key for each submission. What is sent again because no answer came has the key that it had, so that it is submitted
 * once; with an answer, the same text is another job.
 */
export function submissionKey() {
  let open: { text: string; key: string } | null = null;
  return {
    of(body: unknown): string {
      const text = JSON.stringify(body);
      if (open?.text !== text) open = { text, key: randomKey() };
      return open.key;
    },
    answered(answer: Answer): void {
      const isUnknown = !answer.ok && (answer.refusal.status === 0 || answer.refusal.status >= 500);
      if (!isUnknown) open = null;
    },
  };
}

/** Also over plain http, where browsers have no `randomUUID`. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
