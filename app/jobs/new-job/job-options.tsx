'use client';

import type { JobLanguage, JobScript } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { Field } from '../../forms/field.tsx';
import { inWords, type Wrong } from '../../forms/refusal.ts';
import { useWords } from '../../language/use-language.ts';
import { languageProblem } from './refusal-words.ts';
import { newJobWords } from './words.ts';

type Props = {
  draft: JobScript;
  queue: JobQueue;
  problemOf: (path: string) => Wrong | undefined;
  set: (change: Partial<JobScript>) => void;
  speak: (language: JobLanguage) => void;
};

const LANGUAGES = { python: 'Python', node: 'Node.js', bash: 'Bash' } as const satisfies Record<JobLanguage, string>;

/** What a script runs with: its language, its input, and whether it may run twice. */
export function JobOptions({ draft, queue, problemOf, set, speak }: Props) {
  const say = useWords(newJobWords);
  const { language, input, retryable } = draft;
  const unoffered = languageProblem(language, queue, say);
  const choose = (text: string) => {
    if (text === 'python' || text === 'node' || text === 'bash') speak(text);
  };
  return (
    <div className="stack options">
      <Field
        name="language"
        label={say.language}
        // As the workers are now; what was refused is about how they were.
        problem={unoffered === null ? problemOf('language') : inWords(unoffered)}
        hint={queue.workers.length === 0 ? say.noWorker : undefined}
      >
        {(control) => (
          <select {...control} value={language} onChange={({ target }) => choose(target.value)} translate="no">
            {Object.entries(LANGUAGES).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="input" label={say.input} problem={problemOf('input')}>
        {(control) => (
          <textarea
            {...control}
            value={input}
            rows={5}
            spellCheck={false}
            translate="no"
            onChange={({ target }) => set({ input: target.value })}
          />
        )}
      </Field>
      <label className="check" title={say.retryableHint}>
        <input type="checkbox" checked={retryable} onChange={({ target }) => set({ retryable: target.checked })} />
        <span>{say.retryable}</span>
      </label>
    </div>
  );
}
