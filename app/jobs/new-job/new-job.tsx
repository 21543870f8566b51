'use client';

import { useId, useRef, useState } from 'react';
import type { JobScript, JobSummary } from '#lib/schemas/job';
import { FormProblem } from '../../forms/form-problem.tsx';
import { inWords, localRefusal, type Refusal, type Wrong } from '../../forms/refusal.ts';
import { send } from '../../forms/send.ts';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useFormat, useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { isJobSummary } from '../guards.ts';
import { useFeedView } from '../list/feed-provider.tsx';
import { limitText } from '../reason.ts';
import { SUBMIT } from '../rest.ts';
import { ChooseFile } from './choose-file.tsx';
import { JobOptions } from './job-options.tsx';
import type { ScriptFile } from './read-script-file.ts';
import { refusalWords } from './refusal-words.ts';
import { ScriptEditor } from './script-editor.tsx';
import { submissionKey } from './submission-key.ts';
import { useDraft } from './use-draft.ts';
import { newJobWords } from './words.ts';

type Props = {
  /** A job that is to be run in another way. */
  from: { id: number; script: JobScript } | null;
  hasNetwork: boolean;
  onSubmitted: (job: JobSummary) => void;
};

const SHOWN = ['code', 'input', 'language', 'retryable'];

/** A script, its input and its language, to be run. On a narrow page it is folded until it is wanted. */
export function NewJob({ from, hasNetwork, onSubmitted }: Props) {
  const say = useWords(newJobWords);
  const format = useFormat();
  const id = useId();
  const { queue } = useFeedView();
  const { draft, edition, isChanged, type, set, speak, discard } = useDraft(from);
  const [isOpen, setOpen] = useState(from !== null);
  const [fileProblem, setFileProblem] = useState<Wrong | undefined>(undefined);
  const keyOf = useRef(submissionKey());
  const size = format.bytes(queue.limits.textBytes);

  const form = useForm(async () => {
    setFileProblem(undefined);
    const wrong = problemsOf(draft, queue.limits.textBytes, {
      noCode: inWords(say.noCode),
      tooLong: inWords(say.tooLong(size)),
    });
    if (wrong !== null) return wrong;
    const answer = await send('POST', SUBMIT, { body: draft, idempotencyKey: keyOf.current.of(draft) });
    keyOf.current.answered(answer);
    if (!answer.ok) return refusalWords(answer.refusal, { language: draft.language, queue }, say, format);
    // On a narrow page there is room for what comes of it.
    setOpen(false);
    if (isJobSummary(answer.data)) onSubmitted(answer.data);
    return null;
  });
  const takeFile = (file: ScriptFile) => {
    if (file.kind === 'read') setFileProblem(undefined);
    else setFileProblem(inWords(file.kind === 'too large' ? say.tooLong(size) : say.noText));
    if (file.kind === 'read') set({ code: file.code, language: file.language ?? draft.language });
  };
  const limit = limitText(queue.limits.timeMs, format);
  return (
    <section className="panel new-job scripted" aria-labelledby={id} data-open={isOpen || undefined}>
      <form {...form.props}>
        <div className="head">
          <h2 id={id}>{say.title}</h2>
          {from !== null && <span className="tag">{say.from(`${from.id}`)}</span>}
          <span className="small dim cut">{hasNetwork ? say.withNetwork(limit) : say.sandboxed(limit)}</span>
          <div className="grow" />
          <button
            type="button"
            className="btn quiet square unfold"
            aria-expanded={isOpen}
            aria-label={say.title}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon shape="down" />
          </button>
          <div className="row folded">
            {isChanged && (
              <button type="button" className="btn quiet" onClick={discard}>
                {say.discard}
              </button>
            )}
            <ChooseFile mostBytes={queue.limits.textBytes} onRead={takeFile} />
            <span title={say.runHint}>
              <SubmitButton form={form}>{say.run}</SubmitButton>
            </span>
          </div>
        </div>
        <div className="body folded">
          <div className="form2">
            <ScriptEditor
              text={draft.code}
              language={draft.language}
              edition={edition}
              problem={fileProblem ?? form.problemOf('code')}
              form={form.props.ref}
              onType={type}
            />
            <JobOptions draft={draft} queue={queue} problemOf={form.problemOf} set={set} speak={speak} />
          </div>
          <FormProblem refusal={form.refusal} shown={SHOWN} />
        </div>
      </form>
    </section>
  );
}

/** What need not be sent to be known. */
function problemsOf(
  { code, input }: JobScript,
  mostBytes: number,
  say: { noCode: Wrong; tooLong: Wrong },
): Refusal | null {
  const isLong = (text: string) => new TextEncoder().encode(text).length > mostBytes;
  const fields = {
    ...(code.trim() === '' ? { code: say.noCode } : isLong(code) ? { code: say.tooLong } : {}),
    ...(isLong(input) ? { input: say.tooLong } : {}),
  };
  return Object.keys(fields).length === 0 ? null : localRefusal(fields);
}
