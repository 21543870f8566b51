'use client';

import { useId, useMemo, useState } from 'react';
import { JOB_LIMITS } from '#lib/schemas/job-limits';
import { useFormat, useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { CopyButton } from '../copy-button.tsx';
import { viewWords } from '../job/words.ts';
import { mebibytes } from '../reason.ts';
import type { Followed } from './job-follower.ts';
import { LinkNote } from './link-note.tsx';
import { OutputLines } from './output-lines.tsx';
import type { OutputText } from './output-text.ts';
import { saveText } from './save-text.ts';
import { useStick } from './use-stick.ts';
import { outputWords } from './words.ts';
import '../../styles/job-output.css';

const STREAMS = ['both', 'stdout', 'stderr'] as const;
type Shown = (typeof STREAMS)[number];

/** What a job writes, as it comes: both streams in their order, or one of them. */
export function OutputPanel({ followed }: { followed: Followed }) {
  const say = useWords(outputWords);
  const { notCopied } = useWords(viewWords);
  const format = useFormat();
  const id = useId();
  const [shown, setShown] = useState<Shown>('both');
  const [problem, setProblem] = useState<string | null>(null);
  const { job, texts, isTail, link, edition } = followed;
  const text = texts[shown];
  const isOver = job.endedAt !== null;
  // The room for what comes stays when no more does, so that nothing moves under the reader.
  const [look] = useState(isOver ? 'out fitting' : 'out');
  const { frame, content, isSticking, stick } = useStick(!isOver);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text grows with the edition.
  const bytes = useMemo(() => new TextEncoder().encode(text.text).length, [text, edition]);
  const name = shown === 'both' ? `job-${job.id}.txt` : `job-${job.id}-${shown}.txt`;
  return (
    <section className="panel output" aria-labelledby={id}>
      <div className="head line">
        <h2 id={id}>{say.output}</h2>
        <LinkNote link={link} />
        <div className="grow" />
        <fieldset className="seg scripted" aria-label={say.streams}>
          {STREAMS.map((stream) => (
            <button key={stream} type="button" aria-pressed={shown === stream} onClick={() => setShown(stream)}>
              {stream === 'both' ? say.both : stream}
            </button>
          ))}
        </fieldset>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must be reached to be scrolled. */}
      <div className={look} ref={frame} tabIndex={0} role="log" aria-live="off" aria-labelledby={id} translate="no">
        <div ref={content}>
          {isTail && <p className="note">{say.tail}</p>}
          <pre>
            <OutputLines chunks={text.chunks} />
          </pre>
          {text.chunks.length === 0 ? (
            <p className="note">{emptyNote(followed, shown, say)}</p>
          ) : (
            !isOver && <i className="caret" aria-hidden="true" />
          )}
          {job.truncated && <p className="note">{say.truncated(mebibytes(JOB_LIMITS.outputBytes, format))}</p>}
        </div>
      </div>
      <div className="foot">
        <span className="small dim">{say.lines(linesOf(text), format.whole(linesOf(text)), format.bytes(bytes))}</span>
        <span role="status" className="small bad-t">
          {problem}
        </span>
        <div className="grow" />
        {!isOver && (
          <label className="check small scripted">
            <input type="checkbox" checked={isSticking} onChange={({ target }) => stick(target.checked)} />
            {say.follow}
          </label>
        )}
        <CopyButton text={() => text.text} failed={() => setProblem(notCopied)} />
        <button type="button" className="btn quiet scripted" onClick={() => saveText(name, text.text)}>
          <Icon shape="download" />
          <span>{say.download}</span>
        </button>
      </div>
    </section>
  );
}

/** The last one may not have ended. */
function linesOf({ lines, chunks }: OutputText): number {
  const last = chunks.at(-1)?.runs.at(-1)?.text ?? '\n';
  return lines + (last.endsWith('\n') ? 0 : 1);
}

function emptyNote({ job, texts }: Followed, shown: Shown, say: (typeof outputWords)['en']): string {
  if (shown !== 'both' && texts.both.chunks.length > 0) return say.nothingHere(shown);
  if (job.status === 'WAITING') return say.notStarted;
  return job.endedAt === null ? say.nothingYet : say.nothing;
}
