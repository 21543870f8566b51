'use client';

import { type DragEvent, useId, useRef, useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import { writeOn } from '../code/use-deploy.ts';
import { bytes } from '../format/number.ts';
import { Dialog } from '../forms/dialog.tsx';
import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { send } from '../forms/send.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';

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
    <Dialog title="Upload an archive" onClose={onClose}>
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
          <Field name="url" label="Or its address, which the server fetches" problem={form.problemOf('url')}>
            {(control) => <input {...control} type="url" placeholder="https://" autoComplete="off" />}
          </Field>
        )}
        <Field name="message" label="What has changed" problem={form.problemOf('message')}>
          {(control) => <input {...control} maxLength={500} />}
        </Field>
        <Field
          name="entry"
          label="Module with the handler"
          hint="Only where there are several that could be meant."
          problem={form.problemOf('entry')}
        >
          {(control) => <input {...control} className="in mono" placeholder="main.py" autoComplete="off" />}
        </Field>
        <label className="check">
          <input type="checkbox" name="freshEnv" />
          Start with an empty env
        </label>
        <FormProblem refusal={form.refusal} shown={SHOWN} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={onClose}>
            Cancel
          </button>
          <SubmitButton form={form}>Deploy the archive</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

type DropProps = { file: File | null; problem: string | undefined; onFile: (file: File | null) => void };

function DropZone({ file, problem, onFile }: DropProps) {
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
        <span className="grow">{file === null ? 'Drop a zip archive here' : `${file.name}, ${bytes(file.size)}`}</span>
        {file !== null && (
          <button type="button" className="btn quiet" onClick={remove}>
            Remove
          </button>
        )}
        <label className="btn" htmlFor={id}>
          Choose a file
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
          {problem}
        </p>
      )}
    </div>
  );
}
