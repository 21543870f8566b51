'use client';

import { useState } from 'react';
import type { TryReport } from '#lib/schemas/try';
import { FormProblem } from '../forms/form-problem.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { JsonText } from '../panels/json-text.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AgainstLive } from './against-live.tsx';
import { TryFailureNote } from './try-failure-note.tsx';
import { TryInputTab } from './try-input-tab.tsx';
import { TryLog } from './try-log.tsx';
import { tryWords } from './try-words.tsx';
import type { TryState } from './use-try.ts';

type Props = {
  state: TryState;
  liveNumber: number | null;
  /** The file that the draft began from, whose neighbours are not there for it; null where there are none. */
  leftBehind: string | null;
  pasted: string | null;
  onPaste: (text: string | null) => void;
};

type Tab = 'against' | 'result' | 'log' | 'input';

/** What trying the draft has shown. Its height does not depend on that, so that nothing moves. */
export function TryPanel({ state, liveNumber, leftBehind, pasted, onPaste }: Props) {
  const say = useWords(tryWords);
  const [tab, setTab] = useState<Tab>(pasted === null ? 'against' : 'input');
  const report = state.kind === 'done' ? state.report : null;
  const refusal = state.kind === 'refused' ? state.refusal : null;
  const printed = report === null ? 0 : report.log.length + report.linesLeftOut;
  const tabs = {
    against: say.against,
    result: say.result,
    log: say.log(printed === 0 ? '' : `${printed}`),
    input: say.input,
  };
  return (
    <section className="panel try scripted" aria-labelledby="try">
      <div className="head">
        <h2 id="try">{say.try}</h2>
        <span role="status">
          <Outcome state={state} />
        </span>
        <div className="grow" />
        {report !== null && <InputTime report={report} />}
      </div>
      <Tabs label={say.tabs} tabs={tabs} selected={tab} onSelect={setTab}>
        {tab === 'input' ? (
          <TryInputTab pasted={pasted} onPaste={onPaste} problem={refusal?.fields.input} used={report?.input ?? null} />
        ) : report === null ? (
          <>
            <FormProblem refusal={refusal} />
            {refusal === null && <p className="none">{state.kind === 'running' ? say.running : say.idle}</p>}
          </>
        ) : (
          <Shown tab={tab} report={report} liveNumber={liveNumber} />
        )}
      </Tabs>
      <p className="foot small dim">
        <span>
          {say.how(<code translate="no">env</code>)}
          {leftBehind !== null && <> {say.leftBehind(<code translate="no">{leftBehind}</code>)}</>}
        </span>
      </p>
    </section>
  );
}

function Shown({ tab, report, liveNumber }: { tab: Tab; report: TryReport; liveNumber: number | null }) {
  const say = useWords(tryWords);
  if (tab === 'log') return <TryLog {...report} />;
  if (report.failure !== null) return <TryFailureNote failure={report.failure} />;
  if (tab === 'against') return <AgainstLive report={report} liveNumber={liveNumber} />;
  if (report.result === null) return <p className="none">{say.nothingReturned}</p>;
  return (
    <>
      <JsonText text={report.result.text} />
      {report.notSaved.length > 0 && (
        <p className="hint">
          {say.notSaved(
            <code translate="no">env</code>,
            <span translate="no">{report.notSaved.map(({ path, type }) => `${path} (${type})`).join(', ')}</span>,
          )}
        </p>
      )}
    </>
  );
}

function Outcome({ state }: { state: TryState }) {
  const say = useWords(tryWords);
  const { duration } = useFormat();
  if (state.kind === 'idle') return null;
  if (state.kind === 'running') return <span className="state idle busy-t">{say.trying}</span>;
  if (state.kind === 'refused')
    return (
      <span className="state bad">
        <StateShape tone="bad" />
        {say.notTried}
      </span>
    );
  const { outcome, tookMs } = state.report;
  const [tone, word] = outcome === 'failed' ? (['bad', say.failed] as const) : (['ok', say.returned] as const);
  return (
    <span className={`state ${tone}`}>
      <StateShape tone={tone} />
      {tookMs === null ? word : say.outcomeIn(word, duration(tookMs))}
      {/* Said again even when it went as the last time. */}
      <span className="sr">, {say.tries(state.edition)}</span>
    </span>
  );
}

function InputTime({ report: { input } }: { report: TryReport }) {
  const say = useWords(tryWords);
  return (
    <span className="small dim">
      {input.from === 'pasted'
        ? say.ownInput
        : input.changedAt === null
          ? say.liveInput
          : say.inputOf(<LocalTime at={input.changedAt} />)}
    </span>
  );
}
