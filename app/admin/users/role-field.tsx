'use client';

import type { Role } from '#lib/schemas/account';
import { Field } from '../../forms/field.tsx';
import type { Wrong } from '../../forms/refusal.ts';
import { commonWords } from '../../language/common-words.ts';
import { useWords } from '../../language/use-language.ts';
import { userFormWords } from './words.ts';

export function RoleField({ problem, role = 'user' }: { problem: Wrong | undefined; role?: Role }) {
  const say = useWords(userFormWords);
  const common = useWords(commonWords);
  return (
    <Field name="role" label={common.role} problem={problem}>
      {(control) => (
        <select {...control} defaultValue={role}>
          <option value="user">{say.roleUser}</option>
          <option value="admin">{say.roleAdmin}</option>
        </select>
      )}
    </Field>
  );
}
