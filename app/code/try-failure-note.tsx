import type { TryFailure } from '#lib/schemas/try';

const WHAT = {
  init: 'It does not load',
  invocation: 'It failed',
  'bad-result': 'Its result cannot be stored',
  'bad-input': 'The input cannot be used',
  timeout: 'It took too long',
  exit: 'Its process ended',
} as const;

/** Why a try failed, and where, as the language tells it. */
export function TryFailureNote({ failure: { kind, message, file, line, traceback } }: { failure: TryFailure }) {
  return (
    <div className="problem" role="alert">
      <p className="what">
        <b>{WHAT[kind]}</b>
        {line !== undefined && ` · ${file === undefined ? '' : `${file}, `}line ${line}`}
      </p>
      <p className="said">{message}</p>
      {traceback !== undefined && <pre>{traceback}</pre>}
    </div>
  );
}
