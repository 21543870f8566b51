import type { FunctionState } from '#lib/schemas/function';
import { getContext } from '../context.ts';
import type { Status } from '../live/status.ts';
import { CopyCommand } from '../ui/copy-command.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { FunctionCell } from './function-cell.tsx';
import { type Card, loadCard } from './load-card.ts';
import { RefreshEvery } from './refresh-every.tsx';

/** Functions that need somebody come first. */
const ORDER: readonly Status[] = [
  'crashing',
  'failing',
  'stale',
  'connecting',
  'starting',
  'waiting',
  'live',
  'disabled',
];
const REFRESH_MS = 5_000;

/** Every function with its state, its main figure and its curve. */
export async function Overview({ functions }: { functions: readonly FunctionState[] }) {
  if (functions.length === 0) return <NoFunctions />;
  const ctx = await getContext();
  const cards = await Promise.all(functions.map((state) => loadCard(ctx, state)));
  const rank = ({ status }: Card) => ORDER.indexOf(status);
  const sorted = cards.sort((a, b) => rank(a) - rank(b) || a.state.name.localeCompare(b.state.name));
  return (
    <>
      <main id="content">
        <div className="bar">
          <h1>Functions</h1>
          <div className="sum">
            {ORDER.map((status) => ({ status, count: cards.filter((card) => card.status === status).length }))
              .filter(({ count }) => count > 0)
              .map(({ status, count }) => (
                <span key={status} className={`state ${STATES[status].tone}`}>
                  <StateShape tone={STATES[status].tone} />
                  {count} {status === 'live' ? 'running' : status}
                </span>
              ))}
          </div>
        </div>
        <section className="cells" aria-label="Functions">
          {sorted.map((card) => (
            <FunctionCell key={card.state.name} card={card} />
          ))}
          {['a', 'b', 'c'].map((key) => (
            <div key={key} className="cell filler" />
          ))}
        </section>
        <p className="small dim">
          Curves show the last 15 minutes; a bar under a curve marks ticks without a result. The number is the last good
          result.
        </p>
      </main>
      <RefreshEvery ms={REFRESH_MS} />
    </>
  );
}

function NoFunctions() {
  return (
    <>
      <main id="content">
        <div className="bar">
          <h1>Functions</h1>
        </div>
        <section className="panel empty" aria-label="No functions yet">
          <PulseLine />
          <h2>No functions yet</h2>
          <p className="sub">
            No runtime has announced a function to this Redis. Start everything, the built-in function included:
          </p>
          <CopyCommand command="npm start" />
          <p className="small dim">This page updates by itself as soon as a function runs.</p>
        </section>
      </main>
      <RefreshEvery ms={REFRESH_MS} />
    </>
  );
}
