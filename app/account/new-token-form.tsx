'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { textIn } from '../forms/answer.ts';
import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { send } from '../forms/send.ts';
import { ShownOnce } from '../forms/shown-once.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { accountFormWords } from './words.tsx';

const DAY_MS = 86_400_000;
/** In days; 0: it does not expire. */
const LIFETIMES = [7, 30, 90, 365, 0];
const USUAL = 90;

export function NewTokenForm() {
  const router = useRouter();
  const say = useWords(accountFormWords);
  const { name } = useWords(commonWords);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useForm(async (data, element) => {
    const days = Number(data.get('expiresAt'));
    const expiresAt = days === 0 ? null : Date.now() + days * DAY_MS;
    const answer = await send('POST', '/api/v1/tokens', { body: { name: data.get('name'), expiresAt } });
    if (!answer.ok) return answer.refusal;
    element.reset();
    setSecret(textIn(answer.data, 'secret'));
    router.refresh();
    return null;
  });
  return (
    <form {...form.props} className="body new-token">
      <div className="inline">
        <Field name="name" label={name} problem={form.problemOf('name')}>
          {(control) => <input {...control} maxLength={100} placeholder={say.tokenExample} autoComplete="off" />}
        </Field>
        <Field name="expiresAt" label={say.expires} problem={form.problemOf('expiresAt')}>
          {(control) => (
            <select {...control} defaultValue={USUAL}>
              {LIFETIMES.map((days) => (
                <option key={days} value={days}>
                  {days === 0 ? say.never : say.inDays(days)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <SubmitButton form={form}>{say.createToken}</SubmitButton>
      </div>
      <FormProblem refusal={form.refusal} shown={['name', 'expiresAt']} />
      {secret !== null && (
        <ShownOnce key={secret} what="token" secret={secret}>
          {say.copyNow}
        </ShownOnce>
      )}
    </form>
  );
}
