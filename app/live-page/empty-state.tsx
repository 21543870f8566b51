import { pageWords } from '../language/page-language.ts';
import { CopyCommand } from '../ui/copy-command.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';
import { livePageWords } from './words.ts';

type Props = {
  inputKey: string;
  collectorAlive: boolean;
  now: number;
  /** How a reader on the same machine reaches the Redis. */
  redisCommand: string;
};

/** No result yet: what to do, and that nothing needs to be reloaded. */
export async function EmptyState({ inputKey, collectorAlive, now, redisCommand }: Props) {
  const say = await pageWords(livePageWords);
  const timestamp = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  const sample = `${redisCommand} SET ${inputKey} '{"timestamp":"${timestamp}","cpu_percent-0":12.5}'`;
  return (
    <section className="panel empty" aria-label={say.noData}>
      <PulseLine />
      <h2>{say.noData}</h2>
      {collectorAlive ? (
        <p className="sub">
          {say.firstIsComing} <code translate="no">{inputKey}</code>
        </p>
      ) : (
        <>
          <p className="sub">
            {say.nothingCame} <code translate="no">{inputKey}</code>
          </p>
          <CopyCommand command="COLLECT=on npm start" />
          <CopyCommand command={sample} />
        </>
      )}
      <p className="small dim">{say.updatesItself}</p>
    </section>
  );
}
