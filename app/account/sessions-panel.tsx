import type { Session } from '#lib/schemas/account';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';
import { deviceName } from './device-name.ts';
import { EndOtherSessions, EndSession } from './end-session.tsx';

const COLUMNS: readonly Column[] = [
  { title: 'Device' },
  { title: 'Address' },
  { title: 'Signed in' },
  { title: 'Last seen' },
  { title: 'Action', isSilent: true },
];

/** Where the account is signed in. */
export function SessionsPanel({ sessions }: { sessions: readonly Session[] }) {
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <section className="panel" aria-labelledby="sessions">
      <div className="head">
        <h2 id="sessions">Sessions</h2>
        <span className="small dim">Browsers that are signed in. One ends after 7 days without use.</span>
        <div className="grow" />
        {others > 0 && <EndOtherSessions count={others} />}
      </div>
      <DataTable labelledBy="sessions" columns={COLUMNS}>
        {sessions.map(({ id, userAgent, address, createdAt, lastSeenAt, isCurrent }) => (
          <tr key={id}>
            <td title={userAgent}>{deviceName(userAgent)}</td>
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
                  This browser
                </span>
              ) : (
                <EndSession id={id} device={deviceName(userAgent)} />
              )}
            </td>
          </tr>
        ))}
      </DataTable>
    </section>
  );
}
