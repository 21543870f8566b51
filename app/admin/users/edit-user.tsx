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
import { send } from '../../forms/send.ts';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { HandOver } from './hand-over.tsx';
import { RoleField } from './role-field.tsx';

type Props = { user: User; isSelf: boolean };

export function EditUser({ user, isSelf }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PassingButton className="btn quiet scripted" aria-label={`Edit ${user.name}`} onClick={() => setOpen(true)}>
        Edit
      </PassingButton>
      {isOpen && <EditDialog user={user} isSelf={isSelf} close={() => setOpen(false)} />}
    </>
  );
}

const SHOWN = ['name', 'role', 'disabled'];

function EditDialog({ user, isSelf, close }: Props & { close: () => void }) {
  const router = useRouter();
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
      <HandOver title={`New password of ${user.name}`} password={password} close={close}>
        all sessions of {user.name} have ended.
      </HandOver>
    );
  }
  return (
    <Dialog title={`User ${user.name}`} onClose={close}>
      <form {...form.props} className="rows">
        <Field name="name" label="Name" problem={form.problemOf('name')}>
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
            Disabled
          </label>
          <p className={disabledProblem === undefined ? 'hint' : 'hint err'} id={`disabled-${user.uid}`}>
            {disabledProblem ?? 'Signs them out at once and suspends their tokens.'}
          </p>
        </div>
        <FormProblem refusal={form.refusal} shown={SHOWN} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={close}>
            Cancel
          </button>
          <SubmitButton form={form}>Save user</SubmitButton>
        </div>
      </form>
      <div className="apart">
        {isSelf ? (
          <a className="small" href="/account">
            Change your own password under Account
          </a>
        ) : (
          <ConfirmButton
            label="Reset password"
            className="btn"
            question={`Reset the password of ${user.name}?`}
            verb="Reset password"
            work={() => send('POST', `${path}/password`, { body: {} })}
            done={(data) => {
              setPassword(textIn(data, 'generatedPassword'));
              router.refresh();
            }}
          >
            They get a new one, which is shown once, and are signed out everywhere. Their tokens stay.
          </ConfirmButton>
        )}
        <span className="grow" />
        <ConfirmButton
          label="Delete user"
          className="btn danger"
          question={`Delete the user ${user.name}?`}
          verb="Delete user"
          work={() => send('DELETE', path, { ifMatch })}
          done={() => {
            close();
            router.refresh();
          }}
        >
          Their sessions and tokens end at once. The number {user.uid} is not used again. This cannot be undone.
        </ConfirmButton>
      </div>
    </Dialog>
  );
}
