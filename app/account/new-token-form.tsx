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

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { days: 7, label: 'in 7 days' },
  { days: 30, label: 'in 30 days' },
  { days: 90, label: 'in 90 days' },
  { days: 365, label: 'in a year' },
  { days: null, label: 'never' },
] as const;
const USUAL = 90;

export function NewTokenForm() {
  const router = useRouter();
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
        <Field name="name" label="Name" problem={form.problemOf('name')}>
          {(control) => <input {...control} maxLength={100} placeholder="backup script" autoComplete="off" />}
        </Field>
        <Field name="expiresAt" label="Expires" problem={form.problemOf('expiresAt')}>
          {(control) => (
            <select {...control} defaultValue={USUAL}>
              {LIFETIMES.map(({ days, label }) => (
                <option key={label} value={days ?? 0}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <SubmitButton form={form}>Create token</SubmitButton>
      </div>
      <FormProblem refusal={form.refusal} shown={['name', 'expiresAt']} />
      {secret !== null && (
        <ShownOnce key={secret} what="token" secret={secret}>
          <b>Copy the token now.</b> It is not shown again.
        </ShownOnce>
      )}
    </form>
  );
}
