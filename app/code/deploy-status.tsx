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
      if (rejected !== null) return <DidNotLoad {...rejected} rest={rest} />;
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
      return <DidNotLoad version={progress.version} failure={progress.failure} rest={rest} />;
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

function DidNotLoad({ version, failure, rest }: Rejected & { rest: string }) {
  return (
    <span className="state bad">
      <StateShape tone="bad" />
      <span>
        {version === null ? 'The declared code cannot be had' : `v${version} did not load`}:{' '}
        <code>{failure.message}</code>
        {rest !== '' && `;${rest}`}
      </span>
    </span>
  );
}
