import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What the document's policy lets style elements in. Not from the page's data: that may come from a later request. */
export function cspNonce(): Extension {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  return nonce === undefined || nonce === '' ? [] : EditorView.cspNonce.of(nonce);
}
