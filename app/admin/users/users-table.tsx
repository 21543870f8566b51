import type { User } from '#lib/schemas/account';
import { LocalTime } from '../../ui/local-time.tsx';
import { StateShape } from '../../ui/state-mark.tsx';
import { EditUser } from './edit-user.tsx';

export function UsersTable({ users, ownUid }: { users: readonly User[]; ownUid: number }) {
  return (
    <section className="panel" aria-labelledby="users">
      <div className="head">
        <h2 id="users">Users</h2>
        <span className="small dim">An admin may do everything; a user only what is their own.</span>
      </div>
      <div className="scroll">
        <table className="tbl rows-38" aria-labelledby="users">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="num">
                uid
              </th>
              <th scope="col">Role</th>
              <th scope="col">State</th>
              <th scope="col">Created</th>
              <th scope="col">Password changed</th>
              <th scope="col">
                <span className="sr">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </section>
  );
}
