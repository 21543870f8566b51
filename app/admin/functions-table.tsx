import Link from 'next/link';
import { duration } from '../format/number.ts';
import { MISSING } from '../format/numbers.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { EnabledSwitch } from './enabled-switch.tsx';
import type { ListedFunction } from './load-functions.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Function' },
  { title: 'State' },
  { title: 'Took', isNumber: true },
  { title: 'Lag', isNumber: true },
  { title: 'Period', isNumber: true },
  { title: 'Input → output' },
  { title: 'Error', isWide: true },
  { title: 'Enabled' },
  { title: 'Settings', isSilent: true },
];

/** One line a function: how it does, what it reads and writes, and the switch. */
export function FunctionsTable({ functions }: { functions: readonly ListedFunction[] }) {
  return (
    <section className="panel" aria-labelledby="functions">
      <div className="head">
        <h2 id="functions">Functions</h2>
        <span className="small dim">A change applies from the next tick.</span>
      </div>
      <DataTable labelledBy="functions" columns={COLUMNS} className="rows-38">
        {functions.map((each) => (
          <Row key={each.name} listed={each} />
        ))}
      </DataTable>
    </section>
  );
}

function Row({ listed: { name, state, status, settings, revision, newest } }: { listed: ListedFunction }) {
  const { tone, word } = STATES[status];
  const path = `/functions/${encodeURIComponent(name)}`;
  const error = settings.enabled ? (state.failure ?? state.rejected?.failure ?? null) : null;
  return (
    <tr>
      <td className="cut">
        <Link href={path} prefetch={false}>
          {name}
        </Link>
      </td>
      <td>
        <span className={`state ${tone}`}>
          <StateShape tone={tone} />
          {status === 'live' ? 'Running' : word}
        </span>
      </td>
      <td className="num">{newest === null ? MISSING : duration(newest.tookMs)}</td>
      <td className="num">{newest === null ? MISSING : duration(newest.lagMs)}</td>
      <td className="num">{settings.periodMs / 1_000} s</td>
      <td className="mono keys">
        {settings.inputKey} <span className="dim">→</span> {settings.outputKey}
      </td>
      <td className="said cut" title={error?.message}>
        {error?.message}
      </td>
      <td>
        <EnabledSwitch name={name} isEnabled={settings.enabled} revision={revision} />
      </td>
      <td className="act">
        <Link className="btn quiet" href={`${path}/settings`} prefetch={false} aria-label={`Settings of ${name}`}>
          Settings
        </Link>
      </td>
    </tr>
  );
}
