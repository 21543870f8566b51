'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { send } from '../forms/send.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { useWords } from '../language/use-language.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { isToldByRules, PasswordRules } from './password-rules.tsx';
import { accountFormWords } from './words.tsx';

type Props = {
  /** Of the account: the password must not be it. */
  name: string;
  /** How many API tokens there are. */
  tokens: number;
};

/** Changes one's own password; every other session ends with it. */
export function PasswordPanel({ name, tokens }: Props) {
  const router = useRouter();
  const say = useWords(accountFormWords);
  const [typed, setTyped] = useState('');
  const [isDone, setDone] = useState(false);
  const form = useForm(async (data, element) => {
    setDone(false);
    const body = {
      current: data.get('current'),
      password: data.get('password'),
      tokens: data.has('tokens') ? 'end' : 'keep',
    };
    const answer = await send('PUT', '/api/v1/password', { body });
    if (!answer.ok) return answer.refusal;
    element.reset();
    setTyped('');
    setDone(true);
    router.refresh();
    return null;
  });
  const problem = form.problemOf('password');
  return (
    <section className="panel" aria-labelledby="password">
      <div className="head">
        <h2 id="password">{say.password}</h2>
      </div>
      <form {...form.props} className="body rows">
        {/* For password managers, which would not know otherwise whose it is. */}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <Field name="current" label={say.current} problem={form.problemOf('current')}>
          {(control) => <input {...control} type="password" autoComplete="current-password" />}
        </Field>
        <Field
          name="password"
          label={say.next}
          problem={problem !== undefined && isToldByRules(problem) ? undefined : problem}
          hint={<PasswordRules password={typed} name={name} />}
        >
          {(control) => (
            <input
              {...control}
              aria-invalid={problem === undefined ? undefined : true}
              type="password"
              autoComplete="new-password"
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        {tokens > 0 && (
          <label className="check">
            <input type="checkbox" name="tokens" />
            {say.revokeTokens}
          </label>
        )}
        <FormProblem refusal={form.refusal} shown={['current', 'password']} />
        <div className="actions">
          <p role="status" className="state ok grow">
            {isDone && (
              <>
                <StateShape tone="ok" />
                {say.changed}
              </>
            )}
          </p>
          <SubmitButton form={form}>{say.change}</SubmitButton>
        </div>
      </form>
    </section>
  );
}
