import type { User } from '#lib/schemas/account';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { LocalTime } from '../../ui/local-time.tsx';
import { StateShape } from '../../ui/state-mark.tsx';
import { EditUser } from './edit-user.tsx';

const COLUMNS: readonly Column[] = [
  { title: 'Name' },
  { title: 'uid', isNumber: true },
  { title: 'Role' },
  { title: 'State' },
  { title: 'Created' },
  { title: 'Password changed' },
  { title: 'Action', isSilent: true },
];

export function UsersTable({ users, ownUid }: { users: readonly User[]; ownUid: number }) {
  return (
    <section className="panel" aria-labelledby="users">
      <div className="head">
        <h2 id="users">Users</h2>
        <span className="small dim">An admin may do everything; a user only what is their own.</span>
      </div>
      <DataTable labelledBy="users" columns={COLUMNS} className="rows-38">
        {users.map((user) => (
          <tr key={user.uid}>
            <td className="cut" title={user.name}>
              {user.name}
              {user.uid === ownUid && <span className="dim"> (you)</span>}
            </td>
            <td className="num">{user.uid}</td>
            <td>{user.role}</td>
            <td>
              <span className={`state ${user.disabled ? 'idle' : 'ok'}`}>
                <StateShape tone={user.disabled ? 'idle' : 'ok'} />
                {user.disabled ? 'Disabled' : 'Enabled'}
              </span>
            </td>
            <td>
              <LocalTime at={user.createdAt} style="date" />
            </td>
            <td>
              <LocalTime at={user.passwordChangedAt} style="date" />
            </td>
            <td className="act">
              <EditUser user={user} isSelf={user.uid === ownUid} />
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}
