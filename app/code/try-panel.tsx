'use client';

import { useState } from 'react';
import type { TryReport } from '#lib/schemas/try';
import { counted, duration } from '../format/number.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { JsonText } from '../panels/json-text.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { AgainstLive } from './against-live.tsx';
import { TryFailureNote } from './try-failure-note.tsx';
import { TryInputTab } from './try-input-tab.tsx';
import { TryLog } from './try-log.tsx';
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
  const [tab, setTab] = useState<Tab>(pasted === null ? 'against' : 'input');
  const report = state.kind === 'done' ? state.report : null;
  const refusal = state.kind === 'refused' ? state.refusal : null;
  const printed = report === null ? 0 : report.log.length + report.linesLeftOut;
  const tabs = {
    against: 'Against live',
    result: 'Result',
    log: `Log ${printed === 0 ? '' : printed}`,
    input: 'Input',
  };
  return (
    <section className="panel try scripted" aria-labelledby="try">
      <div className="head">
        <h2 id="try">Try</h2>
        <span role="status">
          <Outcome state={state} />
        </span>
        <div className="grow" />
        {report !== null && <InputTime report={report} />}
      </div>
      <Tabs label="What the try has shown" tabs={tabs} selected={tab} onSelect={setTab}>
        {tab === 'input' ? (
          <TryInputTab pasted={pasted} onPaste={onPaste} problem={refusal?.fields.input} used={report?.input ?? null} />
        ) : report === null ? (
          <>
            <FormProblem refusal={refusal} />
            {refusal === null && (
              <p className="none">
                {state.kind === 'running'
                  ? 'It is loaded in a process of its own, and called once.'
                  : 'Try on live input runs the draft once, with a copy of env. Nothing is written.'}
              </p>
            )}
          </>
        ) : (
          <Shown tab={tab} report={report} liveNumber={liveNumber} />
        )}
      </Tabs>
      <p className="foot small dim">
        <span>
          Runs once in a separate process with a copy of <code>env</code>. Nothing is written.
          {leftBehind !== null && (
            <>
              {' '}
              A draft is one file, when it is tried and when it is deployed: what lies beside <code>{leftBehind}</code>{' '}
              cannot be imported. To change both, upload an archive.
            </>
          )}
        </span>
      </p>
    </section>
  );
}

function Shown({ tab, report, liveNumber }: { tab: Tab; report: TryReport; liveNumber: number | null }) {
  if (tab === 'log') return <TryLog {...report} />;
  if (report.failure !== null) return <TryFailureNote failure={report.failure} />;
  if (tab === 'against') return <AgainstLive report={report} liveNumber={liveNumber} />;
  if (report.result === null) return <p className="none">It returned nothing, so nothing would be written.</p>;
  return (
    <>
      <JsonText text={report.result.text} />
      {report.notSaved.length > 0 && (
        <p className="hint">
          Not saved with <code>env</code>: {report.notSaved.map(({ path, type }) => `${path} (${type})`).join(', ')}
        </p>
      )}
    </>
  );
}

function Outcome({ state }: { state: TryState }) {
  if (state.kind === 'idle') return null;
  if (state.kind === 'running') return <span className="state idle busy-t">trying…</span>;
  if (state.kind === 'refused')
    return (
      <span className="state bad">
        <StateShape tone="bad" />
        not tried
      </span>
    );
  const { outcome, tookMs } = state.report;
  const took = tookMs === null ? '' : ` in ${duration(tookMs)}`;
  const [tone, word] = outcome === 'failed' ? (['bad', 'failed'] as const) : (['ok', 'returned'] as const);
  return (
    <span className={`state ${tone}`}>
      <StateShape tone={tone} />
      {word}
      {took}
      {/* Said again even when it went as the last time. */}
      <span className="sr">, {counted(state.edition, 'try', 'tries')}</span>
    </span>
  );
}

function InputTime({ report: { input } }: { report: TryReport }) {
  return (
    <span className="small dim">
      {input.from === 'pasted' ? (
        'own input'
      ) : input.changedAt === null ? (
        'live input'
      ) : (
        <>
          input <LocalTime at={input.changedAt} />
        </>
      )}
    </span>
  );
}
