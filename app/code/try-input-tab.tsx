'use client';

import type { TryInput } from '#lib/schemas/try';
import { Field } from '../forms/field.tsx';
import type { Wrong } from '../forms/refusal.ts';
import { useWords } from '../language/use-language.ts';
import { JsonText } from '../panels/json-text.tsx';
import { tryWords } from './try-words.tsx';

type Props = {
  /** Null: what the input key holds. */
  pasted: string | null;
  onPaste: (text: string | null) => void;
  problem: Wrong | undefined;
  /** What the last try was called with. */
  used: TryInput | null;
};

/** What the code is tried with: the live input, or a text of one's own. */
export function TryInputTab({ pasted, onPaste, problem, used }: Props) {
  const say = useWords(tryWords);
  return (
    <div className="try-input">
      <fieldset className="seg" aria-label={say.inputOfNext}>
        <button type="button" aria-pressed={pasted === null} onClick={() => onPaste(null)}>
          {say.live}
        </button>
        <button type="button" aria-pressed={pasted !== null} onClick={() => onPaste(pasted ?? used?.text ?? '{}')}>
          {say.own}
        </button>
      </fieldset>
      {pasted !== null ? (
        <Field name="input" label={say.json} problem={problem}>
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
        <p className="none">{say.readsThen}</p>
      ) : (
        <JsonText text={used.text} />
      )}
    </div>
  );
}
