'use client';

import type { ListedVersion } from '#lib/schemas/record';
import { bytes } from '../format/number.ts';
import { Moment } from '../ui/moment.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Who } from '../ui/who.tsx';
import { RollBackButton } from './roll-back-button.tsx';

type Props = {
  version: ListedVersion;
  isLive: boolean;
  /** It is to run, and does not yet. */
  isLoading: boolean;
  isDeclared: boolean;
  isSelected: boolean;
  now: number;
  onSelect: () => void;
  onRolledBack: (data: unknown) => void;
};

/** One version: what it is, who brought it, what became of it. */
export function VersionRow({ version, isLive, isLoading, isDeclared, isSelected, now, onSelect, onRolledBack }: Props) {
  const { number, failure, liveAt, by, at, isKept } = version;
  const title = titleOf(version);
  return (
    <li className={isSelected ? 'on' : undefined} data-version={number}>
      <button type="button" className="pick" aria-pressed={isSelected} onClick={onSelect} title="Compare">
        <b>v{number}</b>
        <span className="about">
          <span className="cut">{title}</span>
          <span className={failure === null ? 'small dim cut' : 'small dim'}>
            <Who by={by} />, <Moment at={at} now={now} />
            {isDeclared && ', declared'}
            {failure !== null && (
              <>
                ,{' '}
                <span className="bad-t" title={failure.message}>
                  {liveAt === null ? 'never went live' : 'did not load last'}
                  {title !== failure.message && `: ${failure.message}`}
                </span>
              </>
            )}
            {!isKept && ', code not kept'}
          </span>
        </span>
      </button>
      {isLive ? (
        <span className="state ok">
          <StateShape tone="ok" />
          live
        </span>
      ) : isLoading ? (
        <span className="state idle busy-t">loading…</span>
      ) : (
        isKept && liveAt !== null && <RollBackButton number={number} onDone={onRolledBack} />
      )}
    </li>
  );
}

/** What its author said of it; else why it never ran; else where it is from. */
function titleOf({ message, failure, liveAt, source, kind, bytes: size, fileName }: ListedVersion): string {
  if (message !== '') return message;
  if (failure !== null && liveAt === null) return failure.message;
  if (source !== 'uploaded') return source;
  return kind === 'archive' ? `archive, ${bytes(size)}` : fileName;
}
