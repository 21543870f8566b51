'use client';

import type { ListedVersion } from '#lib/schemas/record';
import { BUILT_IN } from '../code/mounted-path.ts';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { Moment } from '../ui/moment.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { Who } from '../ui/who.tsx';
import { RollBackButton } from './roll-back-button.tsx';
import { versionsWords } from './words.tsx';

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
  const say = useWords(versionsWords);
  const { bytes } = useFormat();
  const textOf = useFailureText();
  const why = failure === null ? null : textOf(failure.message);
  const said = saidOf(version, why);
  return (
    <li className={isSelected ? 'on' : undefined} data-version={number}>
      <button type="button" className="pick" aria-pressed={isSelected} onClick={onSelect} title={say.compare}>
        <b>v{number}</b>
        <span className="about">
          {said === null || said === BUILT_IN ? (
            <span className="cut">{said === null ? say.archive(bytes(version.bytes)) : say.builtIn}</span>
          ) : (
            <span className="cut" translate="no">
              {said}
            </span>
          )}
          <span className={failure === null ? 'small dim cut' : 'small dim'}>
            <Who by={by} />, <Moment at={at} now={now} />
            {isDeclared && say.declared}
            {why !== null && (
              <>
                ,{' '}
                <span className="bad-t" title={why}>
                  {liveAt === null ? say.neverLive : say.notLast}
                  {said !== why && <span translate="no">: {why}</span>}
                </span>
              </>
            )}
            {!isKept && say.notKept}
          </span>
        </span>
      </button>
      {isLive ? (
        <span className="state ok">
          <StateShape tone="ok" />
          {say.live}
        </span>
      ) : isLoading ? (
        <span className="state idle busy-t">{say.loading}</span>
      ) : (
        isKept && liveAt !== null && <RollBackButton number={number} onDone={onRolledBack} />
      )}
    </li>
  );
}

/** What its author said of it; else why it never ran; else where it is from. Null for an archive of which nobody said anything. */
function saidOf({ message, liveAt, source, kind, fileName }: ListedVersion, why: string | null): string | null {
  if (message !== '') return message;
  if (why !== null && liveAt === null) return why;
  if (source !== 'uploaded') return source;
  return kind === 'archive' ? null : fileName;
}
