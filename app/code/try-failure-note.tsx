import type { TryFailure } from '#lib/schemas/try';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useWords } from '../language/use-language.ts';
import { tryWords } from './try-words.tsx';

/** Why a try failed, and where, as the language tells it. */
export function TryFailureNote({ failure: { kind, message, file, line, traceback } }: { failure: TryFailure }) {
  const say = useWords(tryWords);
  const textOf = useFailureText();
  return (
    <div className="problem" role="alert">
      <p className="what">
        <b>{say.failures[kind]}</b>
        {line !== undefined && (
          <>
            {' · '}
            {file !== undefined && <span translate="no">{file}, </span>}
            {say.line(line)}
          </>
        )}
      </p>
      <p className="said" translate="no">
        {textOf(message)}
      </p>
      {traceback !== undefined && <pre translate="no">{traceback}</pre>}
    </div>
  );
}
