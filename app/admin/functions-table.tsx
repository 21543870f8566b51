import Link from 'next/link';
import { failureText } from '../failures/failure-text.ts';
import { MISSING } from '../format/numbers.ts';
import { commonWords } from '../language/common-words.ts';
import { pageFormat, pageLanguage, pageWords } from '../language/page-language.ts';
import { type Column, DataTable } from '../ui/data-table.tsx';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { stateWords } from '../ui/state-words.ts';
import { EnabledSwitch } from './enabled-switch.tsx';
import type { ListedFunction } from './load-functions.ts';
import { adminWords } from './words.ts';

/** One line a function: how it does, what it reads and writes, and the switch. */
export async function FunctionsTable({ functions }: { functions: readonly ListedFunction[] }) {
  const say = await pageWords(adminWords);
  const common = await pageWords(commonWords);
  const columns: Column[] = [
    { title: say.functionTitle },
    { title: say.state },
    { title: say.took, isNumber: true },
    { title: say.lag, isNumber: true },
    { title: say.period, isNumber: true },
    { title: say.inputOutput },
    { title: say.error, isWide: true },
    { title: say.enabled },
    { title: common.settings, isSilent: true },
  ];
  return (
    <section className="panel" aria-labelledby="functions">
      <div className="head">
        <h2 id="functions">{common.functions}</h2>
        <span className="small dim">{common.whenApplied}</span>
      </div>
      <DataTable labelledBy="functions" columns={columns} className="rows-38">
        {functions.map((each) => (
          <Row key={each.name} listed={each} />
        ))}
      </DataTable>
    </section>
  );
}

async function Row({ listed: { name, state, status, settings, revision, newest } }: { listed: ListedFunction }) {
  const say = await pageWords(adminWords);
  const { settings: settingsWord } = await pageWords(commonWords);
  const { duration, decimal } = await pageFormat();
  const word = (await pageWords(stateWords))[status];
  const { tone } = STATES[status];
  const path = `/functions/${encodeURIComponent(name)}`;
  const error = settings.enabled ? (state.failure ?? state.rejected?.failure ?? null) : null;
  const why = error === null ? '' : failureText(error.message, await pageLanguage());
  return (
    <tr>
      <td className="cut">
        <Link href={path} prefetch={false} translate="no">
          {name}
        </Link>
      </td>
      <td>
        <span className={`state ${tone}`}>
          <StateShape tone={tone} />
          {status === 'live' ? say.running : word}
        </span>
      </td>
      <td className="num">{newest === null ? MISSING : duration(newest.tookMs)}</td>
      <td className="num">{newest === null ? MISSING : duration(newest.lagMs)}</td>
      <td className="num">{decimal(settings.periodMs / 1_000)} s</td>
      <td className="mono keys" translate="no">
        {settings.inputKey} <span className="dim">→</span> {settings.outputKey}
      </td>
      <td className="said cut" title={why} translate="no">
        {why}
      </td>
      <td>
        <EnabledSwitch name={name} isEnabled={settings.enabled} revision={revision} />
      </td>
      <td className="act">
        <Link className="btn quiet" href={`${path}/settings`} prefetch={false} aria-label={say.settingsOf(name)}>
          {settingsWord}
        </Link>
      </td>
    </tr>
  );
}
