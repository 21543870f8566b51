'use client';

import type { CpuGroup } from '#lib/series/group';
import { useFormat, useWords } from '../language/use-language.ts';
import { useShown } from '../live/use-shown.ts';
import { useSelection } from './selection.tsx';
import { panelWords } from './words.ts';

/** Every CPU with its value, to name those that the chart shall show. */
export function CpuPicker({ group, named }: { group: CpuGroup; named: readonly string[] }) {
  const say = useWords(panelWords);
  const { chosen, choose } = useSelection();
  const change = (name: string, isOn: boolean) => {
    const kept = named.filter((one) => one !== name);
    choose(isOn ? [...kept, name] : kept);
  };
  return (
    <fieldset className="picker">
      <legend className="sr">{say.cpusOnChart}</legend>
      <button type="button" className="btn" disabled={chosen === null} onClick={() => choose(null)}>
        {say.showHighest}
      </button>
      <ul>
        {group.series.map(({ name, cpu }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={named.includes(name)}
                onChange={(event) => change(name, event.currentTarget.checked)}
              />
              CPU {cpu}
              <Value name={name} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Value({ name }: { name: string }) {
  const value = useShown(name);
  const { figure } = useFormat();
  return <b data-series={name}>{figure(value, 'cpu').text}</b>;
}
