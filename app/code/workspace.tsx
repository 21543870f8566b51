'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import type { LineProblem } from '../editor/problem-line.ts';
import { useLive } from '../live/live-provider.tsx';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { pairOf, type Selectable, toggled } from '../versions/comparison.ts';
import { DifferencePanel } from '../versions/difference-panel.tsx';
import { VersionsPanel } from '../versions/versions-panel.tsx';
import { ArchivePanel } from './archive-panel.tsx';
import { BEGINNINGS, type CodeBase, type FileBase } from './code-base.ts';
import { CodePanel } from './code-panel.tsx';
import { mountedPath } from './mounted-path.ts';
import { lineOf } from './place-of.ts';
import { sendDeployment } from './send-deployment.ts';
import { TryPanel } from './try-panel.tsx';
import { useArrival } from './use-arrival.ts';
import { type Progress, useDeploy } from './use-deploy.ts';
import { useDraft } from './use-draft.ts';
import { type TryState, useTry } from './use-try.ts';

/** Code, tries, versions and what differs between them: they share the draft, and what is under way. */
export function Workspace({ code, now }: { code: CodeBase; now: number }) {
  const { settings, versions } = useWanted();
  const { name } = settings;
  const liveNumber = useLive(({ live: { state } }) => state?.versionNumber ?? null);
  useFreshCode(code.number, liveNumber);
  const [isWriting, setWriting] = useState(false);
  const draft = useDraft(name, useFileBase(code));
  const trial = useTry(name);
  const deploy = useDeploy();
  const [pasted, setPasted] = useState<string | null>(null);
  const [selected, setSelected] = useState<readonly Selectable[]>([]);
  // Its text is shown when it comes, and only then.
  const [brought, setBrought] = useState('');
  useArrival({
    name,
    draft,
    compare: (version) => setSelected([version, 'draft']),
    paste: (input) => {
      setPasted(input);
      setBrought(input);
    },
  });
  const numbers = versions.map(({ number }) => number);
  const begunFrom = versions.find(({ number }) => number === draft.base.number);
  const leftBehind = draft.isChanged && begunFrom !== undefined ? mountedPath(begunFrom) : null;
  const pair = pairOf(selected, { live: liveNumber, hasDraft: draft.isChanged, numbers });
  const problem = useProblem(trial.state, deploy.progress);
  const isArchive = code.kind === 'archive' && !isWriting && !draft.isChanged;
  const isTrying = trial.state.kind === 'running';
  const runTry = () => {
    const { text, language } = draft;
    void trial.run({ code: isArchive ? { version: code.number } : { text, language }, input: pasted });
  };
  return (
    <div className="workspace" id="code">
      {isArchive ? (
        <ArchivePanel
          name={name}
          archive={code}
          progress={deploy.progress}
          liveNumber={liveNumber}
          isTrying={isTrying}
          onTry={runTry}
          onWrite={() => setWriting(true)}
        />
      ) : (
        <CodePanel
          name={name}
          draft={draft}
          liveNumber={liveNumber}
          nextNumber={Math.max(0, ...numbers) + 1}
          problem={problem}
          progress={deploy.progress}
          isTrying={isTrying}
          hasOwnInput={pasted !== null}
          onTry={runTry}
          onDeploy={(how) => deploy.run((ifMatch) => sendDeployment(name, { ...draft, ...how }, ifMatch))}
        />
      )}
      <div className="aside">
        <TryPanel
          key={brought}
          state={trial.state}
          liveNumber={liveNumber}
          leftBehind={leftBehind}
          pasted={pasted}
          onPaste={setPasted}
        />
        <VersionsPanel
          liveNumber={liveNumber}
          hasDraft={draft.isChanged}
          selected={selected}
          onSelect={(one) => setSelected((before) => toggled(before, one))}
          onChosen={deploy.follow}
          now={now}
        />
      </div>
      {pair !== null && (
        <DifferencePanel name={name} pair={pair} draft={draft} onEdit={draft.load} onClose={() => setSelected([])} />
      )}
    </div>
  );
}

/** The server has the text of whichever version runs. */
function useFreshCode(shown: number | null, live: number | null): void {
  const router = useRouter();
  useEffect(() => {
    if (live !== null && live !== shown) router.refresh();
  }, [live, shown, router]);
}

/** What a file begins with: the one that runs, or a beginning where there is an archive or nothing. */
function useFileBase(code: CodeBase): FileBase {
  const { kind, number } = code;
  const file = kind === 'file' ? code : null;
  const { language = 'python', text = BEGINNINGS.python } = file ?? {};
  return useMemo(() => ({ number, language, text }), [number, language, text]);
}

/** The line to mark in the editor: of the last try, else of a version that did not load. */
function useProblem(state: TryState, progress: Progress): LineProblem | null {
  const failure = state.kind === 'done' ? state.report.failure : null;
  const rejection = progress.kind === 'failed' ? progress.failure : null;
  return useMemo(() => {
    if (failure !== null) return failure.line === undefined ? null : { line: failure.line, message: failure.message };
    const line = rejection === null ? null : lineOf(rejection);
    return rejection === null || line === null ? null : { line, message: rejection.message };
  }, [failure, rejection]);
}
