'use client';

import type { Failure } from '#lib/schemas/function';
import { restOf } from '../forms/refusal.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Who } from '../ui/who.tsx';
import type { Progress } from './use-deploy.ts';

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
  const rest = liveNumber === null ? '' : ` v${liveNumber} keeps running.`;
  switch (progress.kind) {
    case 'none':
      if (rejected !== null) return <DidNotLoad {...rejected} liveNumber={liveNumber} />;
      return (
        <span className="dim">
          Loads in a new process first{liveNumber === null ? '.' : `; v${liveNumber} keeps running until it has.`}
        </span>
      );
    case 'sending':
      return <span className="state idle busy-t">sending…</span>;
    case 'loading':
      return (
        <span className="state idle busy-t">
          v{progress.version} is loading…{rest}
        </span>
      );
    case 'live':
      return (
        <span className="state ok">
          <StateShape tone="ok" />
          <span>
            v{progress.version} is live since <LocalTime at={progress.at} />
          </span>
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
            {override === null ? 'Somebody' : <Who by={override.by} />} chose{' '}
            {override === null ? "the deployment's code" : `v${override.version}`} meanwhile. Deploy again to replace
            it.
          </span>
        </span>
      );
    }
    case 'refused':
      return (
        <span className="state bad">
          <StateShape tone="bad" />
          <span>{restOf(progress.refusal, [])}</span>
        </span>
      );
  }
}

function DidNotLoad({ version, failure, liveNumber }: Rejected & { liveNumber: number | null }) {
  return (
    <span className="state bad">
      <StateShape tone="bad" />
      <span>
        {whatDidNot(version, liveNumber)}: <code>{failure.message}</code>
        {liveNumber !== null &&
          (version === liveNumber ? '; it runs on as before.' : `; v${liveNumber} keeps running.`)}
      </span>
    </span>
  );
}

function whatDidNot(version: number | null, liveNumber: number | null): string {
  if (version === null) return 'The declared code cannot be had';
  // The code is the same: what it does not load with is another handler, or another kind of process.
  return version === liveNumber ? `v${version} does not load with its new settings` : `v${version} did not load`;
}
