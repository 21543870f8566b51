'use client';

import { useId, useState } from 'react';
import type { Language } from '#lib/schemas/function';
import type { LineProblem } from '../editor/problem-line.ts';
import { PassingButton } from '../forms/passing-button.tsx';
import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { FILE_NAMES, LANGUAGES } from './code-base.ts';
import { CodeEditor } from './code-editor.tsx';
import { DeployStatus } from './deploy-status.tsx';
import type { Deploy } from './use-deploy.ts';
import type { DraftNow } from './use-draft.ts';
import { codeWords } from './words.tsx';

type Props = {
  name: string;
  draft: DraftNow;
  liveNumber: number | null;
  nextNumber: number;
  problem: LineProblem | null;
  progress: Deploy['progress'];
  isTrying: boolean;
  hasOwnInput: boolean;
  onTry: () => void;
  onDeploy: (how: { message: string; freshEnv: boolean }) => Promise<boolean>;
};

/** The code as it is edited: its draft, what can be done with it, and what becomes of it. */
export function CodePanel({ name, draft, liveNumber, nextNumber, ...panel }: Props) {
  const { problem, progress, isTrying, hasOwnInput, onTry, onDeploy } = panel;
  const [count, setCount] = useState(0);
  const [at, setAt] = useState<{ line: number; column: number } | null>(null);
  const [message, setMessage] = useState('');
  const [freshEnv, setFreshEnv] = useState(false);
  const rejected = useLive(({ live }) => live.state?.rejected ?? null);
  const say = useWords(codeWords);
  const id = useId();
  const isDeploying = progress.kind === 'sending' || progress.kind === 'loading';
  const isDeployable = draft.isChanged || draft.base.number === null;
  const deploy = async () => {
    if (!isDeployable || isDeploying || !(await onDeploy({ message, freshEnv }))) return;
    setMessage('');
    setFreshEnv(false);
  };
  return (
    <section className="panel" aria-labelledby={`${id}-title`}>
      <div className="head code-head">
        <h2 id={`${id}-title`}>{say.code}</h2>
        <span className="mono sub" translate="no">
          {FILE_NAMES[draft.language]}
        </span>
        {draft.isChanged && <DraftTag draft={draft} count={count} />}
        <div className="grow" />
        <div className="row scripted">
          {draft.isChanged && (
            <PassingButton className="btn quiet" onClick={draft.discard}>
              {say.discard}
            </PassingButton>
          )}
          <button type="button" className="btn" title={say.tryHint} aria-busy={isTrying || undefined} onClick={onTry}>
            <Icon shape="play" />
            {hasOwnInput ? say.tryOwn : say.tryLive}
          </button>
          <button
            type="button"
            className="btn primary"
            // Not `disabled`, which would take the focus away from it once it has done its work.
            aria-disabled={!isDeployable || undefined}
            aria-busy={isDeploying || undefined}
            onClick={() => void deploy()}
          >
            {say.deployAs(nextNumber)}
          </button>
        </div>
      </div>
      <CodeEditor
        name={name}
        text={draft.text}
        base={draft.base.text}
        language={draft.language}
        edition={draft.edition}
        problem={problem}
        onType={draft.type}
        onCount={setCount}
        onMove={(line, column) => setAt({ line, column })}
        onSubmit={onTry}
      />
      <div className="foot deploy-how scripted">
        <label className="sr" htmlFor={`${id}-message`}>
          {say.whatChanged}
        </label>
        <input
          className="in grow"
          id={`${id}-message`}
          placeholder={say.whatChangedHint}
          maxLength={500}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        <label className="check" title={say.emptyEnvHint}>
          <input type="checkbox" checked={freshEnv} onChange={(event) => setFreshEnv(event.target.checked)} />
          {say.emptyEnv}
        </label>
      </div>
      <div className="foot small">
        <label className="sr" htmlFor={`${id}-language`}>
          {say.language}
        </label>
        <select
          className="in language scripted"
          translate="no"
          id={`${id}-language`}
          value={draft.language}
          onChange={({ target }) => draft.speak(languageOf(target.value))}
        >
          {Object.entries(LANGUAGES).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
        <DeployStatus progress={progress} liveNumber={liveNumber} rejected={rejected} />
        <span className="dim where">{at !== null && say.at(at.line, at.column)}</span>
      </div>
    </section>
  );
}

function DraftTag({ draft: { base, overtakenBy }, count }: { draft: DraftNow; count: number }) {
  const say = useWords(codeWords);
  return (
    <>
      <span className="tag">
        {base.number === null ? say.draft : say.draftOn(base.number)}
        {count > 0 && say.linesChanged(count)}
      </span>
      {base.number !== null && overtakenBy !== null && <span className="tag warn-t">{say.overtaken(overtakenBy)}</span>}
    </>
  );
}

function languageOf(text: string): Language {
  return text === 'javascript' || text === 'typescript' ? text : 'python';
}
