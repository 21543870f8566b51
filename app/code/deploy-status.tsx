'use client';

import type { Failure } from '#lib/schemas/function';
import { useFailureText } from '../failures/use-failure-text.ts';
import { RefusalText } from '../forms/refusal-text.tsx';
import { sentence } from '../language/sentence.ts';
import { useWords } from '../language/use-language.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Who } from '../ui/who.tsx';
import type { Progress } from './use-deploy.ts';
import { deployWords } from './words.tsx';

type Rejected = { version: number | null; failure: Failure };

type Props = {
  progress: Progress;
  liveNumber: number | null;
  /** What is to run and does not, whoever chose it. */
  rejected: Rejected | null;
};

/** One line on what becomes of a deployment, always in the same place. */
export function DeployStatus(props: Props) {
  return (
    <div className="deploy-status" role="status" data-deploy={props.progress.kind}>
      <Said {...props} />
    </div>
  );
}

function Said({ progress, liveNumber, rejected }: Props) {
  const say = useWords(deployWords);
  switch (progress.kind) {
    case 'none':
      if (rejected !== null) return <DidNotLoad {...rejected} liveNumber={liveNumber} />;
      return <span className="dim">{liveNumber === null ? say.loadsFirst : say.loadsFirstWhile(liveNumber)}</span>;
    case 'sending':
      return <span className="state idle busy-t">{say.sending}</span>;
    case 'loading':
      return (
        <span className="state idle busy-t">
          {say.loading(progress.version)}
          {liveNumber !== null && ` ${sentence(say.keepsRunning(liveNumber))}`}
        </span>
      );
    case 'live':
      return (
        <span className="state ok">
          <StateShape tone="ok" />
          <span>{say.liveSince(progress.version, <LocalTime at={progress.at} />)}</span>
        </span>
      );
    case 'failed':
      return <DidNotLoad version={progress.version} failure={progress.failure} liveNumber={liveNumber} />;
    case 'overtaken': {
      const { override } = progress.current.code;
      return (
        <span className="state warn">
          <StateShape tone="warn" />
          <span>
            {say.chosenMeanwhile(override === null ? null : <Who by={override.by} />, override?.version ?? null)}
          </span>
        </span>
      );
    }
    case 'refused':
      return (
        <span className="state bad">
          <StateShape tone="bad" />
          <span>
            <RefusalText refusal={progress.refusal} />
          </span>
        </span>
      );
  }
}

function DidNotLoad({ version, failure, liveNumber }: Rejected & { liveNumber: number | null }) {
  const textOf = useFailureText();
  const say = useWords(deployWords);
  const what =
    version === null
      ? say.declaredNotHad
      : // The code is the same: what it does not load with is another handler, or another kind of process.
        version === liveNumber
        ? say.newSettings(version)
        : say.didNotLoad(version);
  return (
    <span className="state bad">
      <StateShape tone="bad" />
      <span>
        {what}: <code translate="no">{textOf(failure.message)}</code>
        {liveNumber !== null && `; ${version === liveNumber ? say.runsOn : say.keepsRunning(liveNumber)}`}
      </span>
    </span>
  );
}
