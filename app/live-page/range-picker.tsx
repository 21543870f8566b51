import { pageWords } from '../language/page-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { MomentField } from './moment-field.tsx';
import { PopoverForm } from './popover-form.tsx';
import { ReaderZone } from './reader-zone.tsx';
import { hrefOf, type Range, type View } from './view.ts';
import { livePageWords } from './words.ts';

type Props = { view: View; range: Range; now: number };

/** A range that does not move. The server reads and checks it, so it works, and complains, without JavaScript as well. */
export async function RangePicker({ view, range, now }: Props) {
  const say = await pageWords(livePageWords);
  const { fixed, refused } = view;
  const shown = JSON.stringify([fixed, refused]);
  const begin = fixed ?? { from: now - range.ms, to: now };
  const kept = new URL(hrefOf({ ...view, fixed: null, tick: null }), 'http://path').searchParams;
  return (
    <PopoverForm
      of={shown}
      isRefused={refused !== null}
      action={view.path}
      summary={
        <summary className={fixed === null ? 'btn square' : 'btn square on'} title={say.chooseRange}>
          <Icon shape="calendar" />
          <span className="sr">{say.chooseRange}</span>
        </summary>
      }
    >
      {refused !== null && <p className="small bad-t">{say.notShown}</p>}
      {(['from', 'to'] as const).map((end) => {
        const problem = refused?.problems[end];
        return (
          <MomentField
            key={`${end} ${shown}`}
            name={end}
            label={say[end]}
            at={refused === null ? begin[end] : refused.moments[end]}
            problem={problem && say.problems[problem]}
          />
        );
      })}
      {[...kept].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="small dim">
        {say.zone} <ReaderZone />
      </p>
      <button type="submit" className="btn primary">
        {say.show}
      </button>
    </PopoverForm>
  );
}
