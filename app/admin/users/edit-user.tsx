'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { User } from '#lib/schemas/account';
import { textIn } from '../../forms/answer.ts';
import { ConfirmButton } from '../../forms/confirm-button.tsx';
import { Dialog } from '../../forms/dialog.tsx';
import { Field } from '../../forms/field.tsx';
import { FormProblem } from '../../forms/form-problem.tsx';
import { PassingButton } from '../../forms/passing-button.tsx';
import { WrongText } from '../../forms/refusal-text.tsx';
import { send } from '../../forms/send.ts';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { commonWords } from '../../language/common-words.ts';
import { useWords } from '../../language/use-language.ts';
import { HandOver } from './hand-over.tsx';
import { RoleField } from './role-field.tsx';
import { userFormWords } from './words.ts';

type Props = { user: User; isSelf: boolean };

export function EditUser({ user, isSelf }: Props) {
  const [isOpen, setOpen] = useState(false);
  const say = useWords(userFormWords);
  return (
    <>
      <PassingButton className="btn quiet scripted" aria-label={say.editOf(user.name)} onClick={() => setOpen(true)}>
        {say.edit}
      </PassingButton>
      {isOpen && <EditDialog user={user} isSelf={isSelf} close={() => setOpen(false)} />}
    </>
  );
}

const SHOWN = ['name', 'role', 'disabled'];

function EditDialog({ user, isSelf, close }: Props & { close: () => void }) {
  const router = useRouter();
  const say = useWords(userFormWords);
  const common = useWords(commonWords);
  const [password, setPassword] = useState<string | null>(null);
  const path = `/api/v1/users/${user.uid}`;
  // What was shown when the dialog opened, however the list behind it changes.
  const [ifMatch] = useState(`"${user.version}"`);
  const form = useForm(async (data) => {
    const body = { name: data.get('name'), role: data.get('role'), disabled: data.has('disabled') };
    const answer = await send('PATCH', path, { body, ifMatch });
    if (!answer.ok) {
      // Whoever opens the dialog again sees what it is by now.
      if (answer.refusal.status === 412) router.refresh();
      return answer.refusal;
    }
    close();
    router.refresh();
    return null;
  });
  const disabledProblem = form.problemOf('disabled');
  if (password !== null) {
    return (
      <HandOver title={say.newPasswordOf(user.name)} password={password} close={close}>
        {say.sessionsEnded(user.name)}
      </HandOver>
    );
  }
  return (
    <Dialog title={say.userOf(user.name)} onClose={close}>
      <form {...form.props} className="rows">
        <Field name="name" label={common.name} problem={form.problemOf('name')}>
          {(control) => (
            <input
              {...control}
              defaultValue={user.name}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
            />
          )}
        </Field>
        <RoleField problem={form.problemOf('role')} role={user.role} />
        <div className="field">
          <label className="check">
            <input
              type="checkbox"
              name="disabled"
              defaultChecked={user.disabled}
              aria-invalid={disabledProblem === undefined ? undefined : true}
              aria-describedby={`disabled-${user.uid}`}
            />
            {common.disabled}
          </label>
          <p className={disabledProblem === undefined ? 'hint' : 'hint err'} id={`disabled-${user.uid}`}>
            {disabledProblem === undefined ? (
              say.whatDisabledDoes
            ) : (
              <WrongText path="disabled" wrong={disabledProblem} />
            )}
          </p>
        </div>
        <FormProblem refusal={form.refusal} shown={SHOWN} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={close}>
            {common.cancel}
          </button>
          <SubmitButton form={form}>{say.save}</SubmitButton>
        </div>
      </form>
      <div className="apart">
        {isSelf ? (
          <a className="small" href="/account">
            {say.ownPassword}
          </a>
        ) : (
          <ConfirmButton
            label={say.resetPassword}
            className="btn"
            question={say.resetQuestion(user.name)}
            verb={say.resetPassword}
            work={() => send('POST', `${path}/password`, { body: {} })}
            done={(data) => {
              setPassword(textIn(data, 'generatedPassword'));
              router.refresh();
            }}
          >
            {say.whatResetDoes}
          </ConfirmButton>
        )}
        <span className="grow" />
        <ConfirmButton
          label={say.delete}
          className="btn danger"
          question={say.deleteQuestion(user.name)}
          verb={say.delete}
          work={() => send('DELETE', path, { ifMatch })}
          done={() => {
            close();
            router.refresh();
          }}
        >
          {say.whatDeleteDoes(user.uid)}
        </ConfirmButton>
      </div>
    </Dialog>
  );
}
