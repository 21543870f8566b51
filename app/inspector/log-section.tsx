'use client';

import type { Invocation } from '#lib/schemas/invocation';
import { useFormat, useWords } from '../language/use-language.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { SignInHint } from './sign-in-hint.tsx';
import { isComing } from './use-invocation.ts';
import { inspectorWords } from './words.ts';

/** What it printed. */
export function LogSection({ invocation }: { invocation: Invocation }) {
  const { lines, log, linesLeftOut, isReserved, isComplete } = invocation;
  const say = useWords(inspectorWords);
  const { whole } = useFormat();
  if (isComing(invocation)) return null;
  return (
    <section className="part">
      <div className="title">
        <h3>{say.log}</h3>
        {isComplete && <span className="small dim">{say.lines(lines, whole(lines))}</span>}
      </div>
      {!isComplete ? (
        <p className="dim">{say.logGone}</p>
      ) : lines === 0 ? (
        <p className="dim">{say.printedNothing}</p>
      ) : isReserved ? (
        <SignInHint>{say.toSeeLog}</SignInHint>
      ) : (
        <ScrollRegion className="log" label={say.log}>
          <ol>
            {linesLeftOut > 0 && <li className="dim">{say.linesLeftOut(whole(linesLeftOut))}</li>}
            {log.map(({ stream, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity, and never move.
              <li key={index} translate="no">
                <span className="dim">{stream === 'stderr' ? 'ERR' : 'OUT'}</span>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        </ScrollRegion>
      )}
    </section>
  );
}
