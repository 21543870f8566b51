'use client';

import { Field } from '../forms/field.tsx';
import { FormProblem } from '../forms/form-problem.tsx';
import { locally, type Refusal } from '../forms/refusal.ts';
import { send } from '../forms/send.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useCountdown, waitText } from '../forms/use-countdown.ts';
import { useForm } from '../forms/use-form.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { signInWords } from './words.ts';

/** `next`: where to go then; a page of ours. */
export function SignInForm({ next }: { next: string }) {
  const say = useWords(signInWords);
  const { signIn } = useWords(commonWords);
  const [wait, startWait] = useCountdown();
  const form = useForm(async (data) => {
    const body = { name: data.get('name'), password: data.get('password') };
    const answer = await send('POST', '/api/v1/session', { body });
    if (answer.ok) {
      // A whole page load: nothing that was there for a stranger stays.
      location.assign(next);
      return await new Promise<null>(() => {});
    }
    const { refusal } = answer;
    if (refusal.status === 429) startWait(refusal.retryAfterSeconds ?? 60);
    return besidePassword(refusal);
  });
  const isLimited = form.refusal?.status === 429;
  return (
    <form {...form.props}>
      <Field name="name" label={say.nameOrUid} problem={form.problemOf('name')}>
        {(control) => (
          <input
            {...control}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
            required
          />
        )}
      </Field>
      <Field name="password" label={say.password} problem={form.problemOf('password')}>
        {(control) => <input {...control} type="password" autoComplete="current-password" required />}
      </Field>
      <FormProblem refusal={isLimited ? null : form.refusal} shown={['name', 'password']} />
      <SubmitButton form={form} disabled={wait > 0}>
        {signIn}
      </SubmitButton>
      {isLimited && (
        <p className="hint err" role="alert">
          {say.tooMany} {wait > 0 ? <span aria-hidden="true">{say.wait(waitText(wait))}</span> : say.again}
        </p>
      )}
    </form>
  );
}

/** Which of the two was wrong is not told; it is said where the next try begins. */
function besidePassword(refusal: Refusal): Refusal {
  return refusal.status === 401 ? { ...refusal, fields: { password: locally('wrong_credentials') } } : refusal;
}
