import type { User } from '#lib/schemas/account';
import { commonWords } from '../../language/common-words.ts';
import { pageWords } from '../../language/page-language.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { LocalTime } from '../../ui/local-time.tsx';
import { StateShape } from '../../ui/state-mark.tsx';
import { EditUser } from './edit-user.tsx';
import { usersWords } from './words.ts';

export async function UsersTable({ users, ownUid }: { users: readonly User[]; ownUid: number }) {
  const say = await pageWords(usersWords);
  const common = await pageWords(commonWords);
  const columns: Column[] = [
    { title: common.name },
    { title: 'uid', isNumber: true },
    { title: common.role },
    { title: say.state },
    { title: say.created },
    { title: say.passwordChanged },
    { title: say.action, isSilent: true },
  ];
  return (
    <section className="panel" aria-labelledby="users">
      <div className="head">
        <h2 id="users">{say.users}</h2>
        <span className="small dim">{say.about}</span>
      </div>
      <DataTable labelledBy="users" columns={columns} className="rows-38">
        {users.map((user) => (
          <tr key={user.uid}>
            <td className="cut" title={user.name}>
              <span translate="no">{user.name}</span>
              {user.uid === ownUid && <span className="dim"> {say.you}</span>}
            </td>
            <td className="num">{user.uid}</td>
            <td>{common[user.role]}</td>
            <td>
              <span className={`state ${user.disabled ? 'idle' : 'ok'}`}>
                <StateShape tone={user.disabled ? 'idle' : 'ok'} />
                {user.disabled ? common.disabled : common.enabled}
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
