'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog } from '../forms/dialog.tsx';
import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { locally, localRefusal, type Refusal } from '../forms/refusal.ts';
import { send } from '../forms/send.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { newFunctionWords } from './words.ts';

export function NewFunction() {
  const [isOpen, setOpen] = useState(false);
  const say = useWords(newFunctionWords);
  return (
    <>
      <button type="button" className="btn primary scripted" onClick={() => setOpen(true)}>
        <Icon shape="plus" />
        {say.newFunction}
      </button>
      {isOpen && <NewFunctionDialog close={() => setOpen(false)} />}
    </>
  );
}

const SHOWN = ['name', 'inputKey', 'outputKey', 'periodMs'];

function NewFunctionDialog({ close }: { close: () => void }) {
  const router = useRouter();
  const say = useWords(newFunctionWords);
  const common = useWords(commonWords);
  const [name, setName] = useState('');
  const form = useForm(async (data) => {
    const text = (field: string) => `${data.get(field) ?? ''}`.trim();
    const period = text('periodMs').replace(',', '.');
    if (!/^\d*\.?\d+$/.test(period)) return localRefusal({ periodMs: locally('not_seconds') });
    const settings = {
      inputKey: text('inputKey'),
      ...(text('outputKey') === '' ? {} : { outputKey: text('outputKey') }),
      periodMs: Math.round(Number(period) * 1_000),
    };
    const answer = await send('POST', '/api/v1/functions', { body: { name: text('name'), settings } });
    if (!answer.ok) return besideFields(answer.refusal);
    router.push(`/functions/${encodeURIComponent(text('name'))}/settings`);
    return null;
  });
  return (
    <Dialog title={say.newFunction} onClose={close}>
      <form {...form.props} className="rows">
        <Field name="name" label={common.name} problem={form.problemOf('name')}>
          {(control) => (
            <input
              {...control}
              value={name}
              onChange={({ target }) => setName(target.value)}
              placeholder="cpu-alert"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
            />
          )}
        </Field>
        <Field name="inputKey" label={common.inputKey} problem={form.problemOf('inputKey')} hint={say.readsKey}>
          {(control) => (
            <input {...control} className="in mono" defaultValue="metrics" autoCapitalize="none" spellCheck={false} />
          )}
        </Field>
        <Field name="outputKey" label={common.outputKey} problem={form.problemOf('outputKey')} hint={say.getsResult}>
          {(control) => (
            <input
              {...control}
              className="in mono"
              placeholder={`${name.trim() || '<name>'}-output`}
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field name="periodMs" label={say.periodInSeconds} problem={form.problemOf('periodMs')}>
          {(control) => <input {...control} className="in short" inputMode="decimal" defaultValue="5" />}
        </Field>
        <p className="hint">{say.builtIn}</p>
        <FormProblem refusal={form.refusal} shown={SHOWN} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={close}>
            {common.cancel}
          </button>
          <SubmitButton form={form}>{say.create}</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}

/** Settings are checked alone and then together, under two names of the same field. */
function besideFields(refusal: Refusal): Refusal {
  if (refusal.status === 409) return { ...refusal, fields: { name: { code: 'taken', message: refusal.detail } } };
  const fields = Object.entries(refusal.fields).map(([path, wrong]) => [path.replace(/^settings\./, ''), wrong]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}
