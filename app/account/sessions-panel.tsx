import type { Session } from '#lib/schemas/account';
import { pageWords } from '../language/page-language.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { deviceName } from './device-name.ts';
import { EndOtherSessions, EndSession } from './end-session.tsx';
import { accountWords } from './words.tsx';

/** Where the account is signed in. */
export async function SessionsPanel({ sessions }: { sessions: readonly Session[] }) {
  const say = await pageWords(accountWords);
  const columns: Column[] = [
    { title: say.device },
    { title: say.address },
    { title: say.signedIn },
    { title: say.lastSeen },
    { title: say.action, isSilent: true },
  ];
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <section className="panel" aria-labelledby="sessions">
      <div className="head">
        <h2 id="sessions">{say.sessions}</h2>
        <span className="small dim">{say.aboutSessions}</span>
        <div className="grow" />
        {others > 0 && <EndOtherSessions count={others} />}
      </div>
      <DataTable labelledBy="sessions" columns={columns} scrolls={others === 0 ? say.whereSignedIn : undefined}>
        {sessions.map(({ id, userAgent, address, createdAt, lastSeenAt, isCurrent }) => (
          <tr key={id}>
            <td title={userAgent} translate="no">
              {deviceName(userAgent, say)}
            </td>
            <td className="mono">{address}</td>
            <td>
              <LocalTime at={createdAt} style="day" />
            </td>
            <td>
              <LocalTime at={lastSeenAt} style="day" />
            </td>
            <td className="act">
              {isCurrent ? (
                <span className="state ok">
                  <StateShape tone="ok" />
                  {say.thisBrowser}
                </span>
              ) : (
                <EndSession id={id} device={deviceName(userAgent, say)} />
              )}
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}
