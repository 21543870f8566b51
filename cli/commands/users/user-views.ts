import type { User } from '#lib/schemas/account';
import { age } from '../../show/format.ts';
import type { Draw } from '../../show/output.ts';
import { table } from '../../show/table.ts';

export function userTable(users: readonly User[]): Draw {
  return (screen) =>
    table(
      users,
      [
        { title: 'UID', of: ({ uid }) => uid, isNumber: true },
        { title: 'NAME', of: ({ name }) => name },
        { title: 'ROLE', of: ({ role }) => role },
        {
          title: 'MAY SIGN IN',
          of: ({ disabled }) => (disabled ? 'no' : 'yes'),
          style: ({ disabled }) => (disabled ? 'red' : undefined),
        },
        { title: 'CREATED', of: ({ createdAt }) => age(createdAt), isNumber: true },
        { title: 'PASSWORD', of: ({ passwordChangedAt }) => age(passwordChangedAt), isNumber: true },
      ],
      screen,
    );
}
