'use client';

import type { TryReport } from '#lib/schemas/try';
import { numbersIn } from '#lib/series/flatten';
import type { Format } from '../format/format-for.ts';
import { MISSING } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { tryWords } from './try-words.tsx';

/** What the draft made of its input, beside what the function itself made of it, or of its newest one. */
export function AgainstLive({ report, liveNumber }: { report: TryReport; liveNumber: number | null }) {
  const say = useWords(tryWords);
  const live = useLive((store) => liveResultFor(store, report));
  if (report.result === null) return <p className="none">{say.nothingToCompare}</p>;
  const [mine, theirs] = [numbersIn(report.result.text), numbersIn(live ?? '')];
  const names = [...new Set([...theirs.keys(), ...mine.keys()])];
  if (names.length === 0) return <p className="none">{say.noNumber}</p>;
  return (
    <table className="tbl against">
      <thead>
        <tr>
          <th scope="col">{say.series}</th>
          <th scope="col" className="num">
            {say.liveVersion(liveNumber)}
          </th>
          <th scope="col" className="num">
            {say.draft}
          </th>
          <th scope="col" className="num">
            {say.change}
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <Row key={name} name={name} live={theirs.get(name)} draft={mine.get(name)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ name, live, draft }: { name: string; live: number | undefined; draft: number | undefined }) {
  const say = useWords(tryWords);
  const format = useFormat();
  const isSame = live === draft;
  return (
    <tr>
      <td>
        <code translate="no">{name}</code>
      </td>
      <td className="num dim">{live === undefined ? MISSING : format.plain(live)}</td>
      <td className="num">{draft === undefined ? MISSING : format.plain(draft)}</td>
      <td className={`num ${isSame ? 'dim' : 'warn-t'}`}>
        {live === undefined ? say.new : draft === undefined ? say.gone : changeOf(live, draft, format)}
      </td>
    </tr>
  );
}

function changeOf(live: number, draft: number, { mark, plain, withDigits }: Format): string {
  const change = draft - live;
  if (change === 0) return '0';
  const digits = Math.min(3, plain(draft).split(mark)[1]?.length ?? 0);
  const size = Math.abs(change);
  return `${change > 0 ? '+' : '−'}${size < 10 ** -digits ? plain(size) : withDigits(size, digits)}`;
}

/** The same input makes the fairest comparison; it is there when the function has been called with it too. */
function liveResultFor({ entries }: LiveStore, { input }: TryReport): string | null {
  const good = entries.filter(({ result }) => result !== undefined);
  const same = good.find(({ inputAt }) => input.changedAt !== null && inputAt === input.changedAt);
  return (same ?? good[0])?.result ?? null;
}
