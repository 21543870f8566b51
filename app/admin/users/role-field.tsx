'use client';

import type { Role } from '#lib/schemas/account';
import { Field } from '../../forms/field.tsx';

export function RoleField({ problem, role = 'user' }: { problem: string | undefined; role?: Role }) {
  return (
    <Field name="role" label="Role" problem={problem}>
      {(control) => (
        <select {...control} defaultValue={role}>
          <option value="user">user: only what is their own</option>
          <option value="admin">admin: everything</option>
        </select>
      )}
    </Field>
  );
}
