'use client';

import type { TryInput } from '#lib/schemas/try';
import { Field } from '../forms/field.tsx';
import { JsonText } from '../panels/json-text.tsx';

type Props = {
  /** Null: what the input key holds. */
  pasted: string | null;
  onPaste: (text: string | null) => void;
  problem: string | undefined;
  /** What the last try was called with. */
  used: TryInput | null;
};

/** What the code is tried with: the live input, or a text of one's own. */
export function TryInputTab({ pasted, onPaste, problem, used }: Props) {
  return (
    <div className="try-input">
      <fieldset className="seg" aria-label="Input of the next try">
        <button type="button" aria-pressed={pasted === null} onClick={() => onPaste(null)}>
          Live input
        </button>
        <button type="button" aria-pressed={pasted !== null} onClick={() => onPaste(pasted ?? used?.text ?? '{}')}>
          Own text
        </button>
      </fieldset>
      {pasted !== null ? (
        <Field name="input" label="JSON that the handler is called with" problem={problem}>
          {(control) => (
            <textarea
              {...control}
              rows={8}
              value={pasted}
              spellCheck={false}
              onChange={(event) => onPaste(event.target.value)}
            />
          )}
        </Field>
      ) : used === null || used.from !== 'live' ? (
        <p className="none">The next try reads the input key at that moment.</p>
      ) : (
        <JsonText text={used.text} />
      )}
    </div>
  );
}
