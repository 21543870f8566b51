import type { Token } from '#lib/schemas/account';
import { age, moment } from '../../show/format.ts';
import type { Draw } from '../../show/output.ts';
import { table } from '../../show/table.ts';

export function tokenTable(tokens: readonly Token[]): Draw {
  return (screen) =>
    tokens.length === 0
      ? ''
      : table(
          tokens,
          [
            { title: 'ID', of: ({ id }) => id },
            { title: 'NAME', of: ({ name }) => name, mayCut: true },
            { title: 'CREATED', of: ({ createdAt }) => age(createdAt), isNumber: true },
            {
              title: 'LAST USED',
              of: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : age(lastUsedAt)),
              isNumber: true,
            },
            { title: 'UNTIL', of: ({ expiresAt }) => (expiresAt === null ? 'revoked' : moment(expiresAt)) },
          ],
          screen,
        );
}
