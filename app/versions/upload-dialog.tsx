'use client';

import { type DragEvent, useId, useRef, useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import { writeOn } from '../code/use-deploy.ts';
import { Dialog } from '../forms/dialog.tsx';
import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import type { Wrong } from '../forms/refusal.ts';
import { WrongText } from '../forms/refusal-text.tsx';
import { send } from '../forms/send.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { commonWords } from '../language/common-words.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { uploadWords } from './words.tsx';

type Props = {
  /** One that was dropped on the page. */
  first: File | null;
  onClose: () => void;
  onDeployed: (version: number, settings: SettingsReading) => void;
};

/** An archive takes as long as the way from the reader's machine, or from its address, is. */
const PATIENCE_MS = 120_000;
const SHOWN = ['url', 'message', 'entry', 'code'];

/** Deploys an archive: a file of the reader's, or one at an address that the server fetches. */
export function UploadDialog({ first, onClose, onDeployed }: Props) {
  const say = useWords(uploadWords);
  const { cancel } = useWords(commonWords);
  const { settings } = useWanted();
  const [file, setFile] = useState<File | null>(first);
  const path = `${apiOf(settings.name)}/versions`;
  const form = useForm(async (data) => {
    const said = (name: string) => String(data.get(name) ?? '').trim();
    const about = { message: said('message'), ...(said('entry') === '' ? {} : { entry: said('entry') }) };
    const freshEnv = data.has('freshEnv');
    const query = new URLSearchParams({ ...about, freshEnv: String(freshEnv) });
    const answer = await writeOn(settings, (ifMatch) =>
      file === null
        ? send('POST', path, { body: { ...about, freshEnv, url: said('url') }, ifMatch, patienceMs: PATIENCE_MS })
        : send('POST', `${path}?${query}`, { archive: file, ifMatch, patienceMs: PATIENCE_MS }),
    );
    if (!answer.ok) return answer.refusal;
    const { asDeployed } = await import('../settings-page/answers.ts');
    const { version, settings: after } = asDeployed(answer.data);
    onDeployed(version, after);
    onClose();
    return null;
  });
  return (
    <Dialog title={say.title} onClose={onClose}>
      <form className="upload" {...form.props}>
        <DropZone
          file={file}
          problem={form.problemOf('code')}
          onFile={(dropped) => {
            setFile(dropped);
            form.clear();
          }}
        />
        {file === null && (
          <Field name="url" label={say.address} problem={form.problemOf('url')}>
            {(control) => <input {...control} type="url" placeholder="https://" autoComplete="off" />}
          </Field>
        )}
        <Field name="message" label={say.whatChanged} problem={form.problemOf('message')}>
          {(control) => <input {...control} maxLength={500} />}
        </Field>
        <Field name="entry" label={say.module} hint={say.moduleHint} problem={form.problemOf('entry')}>
          {(control) => <input {...control} className="in mono" placeholder="main.py" autoComplete="off" />}
        </Field>
        <label className="check">
          <input type="checkbox" name="freshEnv" />
          {say.emptyEnv}
        </label>
        <FormProblem refusal={form.refusal} shown={SHOWN} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={onClose}>
            {cancel}
          </button>
          <SubmitButton form={form}>{say.deploy}</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

type DropProps = { file: File | null; problem: Wrong | undefined; onFile: (file: File | null) => void };

function DropZone({ file, problem, onFile }: DropProps) {
  const say = useWords(uploadWords);
  const { bytes } = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const id = useId();
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const remove = () => {
    onFile(null);
    if (input.current === null) return;
    // Else the same file could not be chosen again.
    input.current.value = '';
    input.current.focus();
  };
  return (
    <div className="field">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way to use the control in it. */}
      <div
        className="drop"
        data-over={isOver || undefined}
        onDragEnter={over}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onFile(event.dataTransfer.files[0] ?? null);
        }}
      >
        <Icon shape="upload" />
        {file === null ? (
          <span className="grow">{say.drop}</span>
        ) : (
          <span className="grow" translate="no">
            {file.name}, {bytes(file.size)}
          </span>
        )}
        {file !== null && (
          <button type="button" className="btn quiet" onClick={remove}>
            {say.remove}
          </button>
        )}
        <label className="btn" htmlFor={id}>
          {say.choose}
        </label>
        <input
          className="sr"
          type="file"
          id={id}
          ref={input}
          accept=".zip,application/zip"
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        />
      </div>
      {problem !== undefined && (
        <p className="hint err" id={`${id}-problem`} role="alert">
          <WrongText path="code" wrong={problem} />
        </p>
      )}
    </div>
  );
}
