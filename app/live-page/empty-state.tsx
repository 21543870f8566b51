import { pageWords } from '../language/page-language.ts';
import { emptyWords } from '../panels/empty-words.tsx';
import { CopyCommand } from '../ui/copy-command.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';

type Props = {
  inputKey: string;
  collectorAlive: boolean;
  isDisabled: boolean;
  /** Whether it has been called, and failed not. */
  returnsNothing: boolean;
  now: number;
  /** How a reader on the same machine reaches the Redis. */
  redisCommand: string;
};

/** No result yet: what to do, and that nothing needs to be reloaded. */
export async function EmptyState({ inputKey, collectorAlive, isDisabled, returnsNothing, now, redisCommand }: Props) {
  const say = await pageWords(emptyWords);
  const key = <code translate="no">{inputKey}</code>;
  const timestamp = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  const sample = `${redisCommand} SET ${inputKey} '{"timestamp":"${timestamp}","cpu_percent-0":12.5}'`;
  return (
    <section className="panel empty" aria-label={say.noData}>
      <PulseLine />
      <h2>{say.noData}</h2>
      {isDisabled ? (
        <p className="sub">{say.notCalled}</p>
      ) : returnsNothing ? (
        <p className="sub">{say.returnsNothing(key)}</p>
      ) : collectorAlive ? (
        <p className="sub">{say.onItsWay(key)}</p>
      ) : (
        <>
          <p className="sub">{say.nothingCame(key)}</p>
          <CopyCommand command="COLLECT=on npm start" />
          <CopyCommand command={sample} />
        </>
      )}
      <p className="small dim">{say.updates}</p>
    </section>
  );
}
