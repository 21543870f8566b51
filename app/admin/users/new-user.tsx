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
import { commonWords } from '../../language/common-words.ts';
import { useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { HandOver } from './hand-over.tsx';
import { RoleField } from './role-field.tsx';
import { userFormWords } from './words.ts';

export function NewUser() {
  const [isOpen, setOpen] = useState(false);
  const say = useWords(userFormWords);
  return (
    <>
      <button type="button" className="btn primary scripted" onClick={() => setOpen(true)}>
        <Icon shape="plus" />
        {say.newUser}
      </button>
      {isOpen && <NewUserDialog close={() => setOpen(false)} />}
    </>
  );
}

type Made = { name: string; password: string };

function NewUserDialog({ close }: { close: () => void }) {
  const router = useRouter();
  const say = useWords(userFormWords);
  const common = useWords(commonWords);
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
      <HandOver title={say.createdOf(made.name)} password={made.password} close={close}>
        {say.canChange}
      </HandOver>
    );
  }
  return (
    <Dialog title={say.newUser} onClose={close}>
      <form {...form.props} className="rows">
        <Field name="name" label={common.name} problem={form.problemOf('name')} hint={say.nameHint}>
          {(control) => (
            <input {...control} autoCapitalize="none" autoComplete="off" spellCheck={false} maxLength={64} />
          )}
        </Field>
        <RoleField problem={form.problemOf('role')} />
        <FormProblem refusal={form.refusal} shown={['name', 'role']} />
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
