'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { textIn } from '../../forms/answer.ts';
import { Dialog } from '../../forms/dialog.tsx';
import { Field } from '../../forms/field.tsx';
import { FormProblem } from '../../forms/form-problem.tsx';
import { send } from '../../forms/send.ts';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { HandOver } from './hand-over.tsx';
import { RoleField } from './role-field.tsx';

export function NewUser() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn primary scripted" onClick={() => setOpen(true)}>
        <Icon shape="plus" />
        New user
      </button>
      {isOpen && <NewUserDialog close={() => setOpen(false)} />}
    </>
  );
}

type Made = { name: string; password: string };

function NewUserDialog({ close }: { close: () => void }) {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const form = useForm(async (data) => {
    const name = `${data.get('name') ?? ''}`.trim();
    const answer = await send('POST', '/api/v1/users', { body: { name, role: data.get('role') } });
    if (!answer.ok) return answer.refusal;
    setMade({ name, password: textIn(answer.data, 'generatedPassword') ?? '' });
    router.refresh();
    return null;
  });
  if (made !== null) {
    return (
      <HandOver title={`User ${made.name} created`} password={made.password} close={close}>
        they can change it under Account.
      </HandOver>
    );
  }
  return (
    <Dialog title="New user" onClose={close}>
      <form {...form.props} className="rows">
        <Field
          name="name"
          label="Name"
          problem={form.problemOf('name')}
          hint="What they sign in with. A password is generated."
        >
          {(control) => (
            <input {...control} autoCapitalize="none" autoComplete="off" spellCheck={false} maxLength={64} />
          )}
        </Field>
        <RoleField problem={form.problemOf('role')} />
        <FormProblem refusal={form.refusal} shown={['name', 'role']} />
        <div className="actions">
          <button type="button" className="btn quiet" onClick={close}>
            Cancel
          </button>
          <SubmitButton form={form}>Create user</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
