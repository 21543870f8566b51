import { CopyCommand } from '../ui/copy-command.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';

type Props = {
  inputKey: string;
  collectorAlive: boolean;
  now: number;
  /** How a reader on the same machine reaches the Redis. */
  redisCommand: string;
};

/** No result yet: what to do, and that nothing needs to be reloaded. */
export function EmptyState({ inputKey, collectorAlive, now, redisCommand }: Props) {
  const timestamp = new Date(now).toISOString().slice(0, 19).replace('T', ' ');
  const sample = `${redisCommand} SET ${inputKey} '{"timestamp":"${timestamp}","cpu_percent-0":12.5}'`;
  return (
    <section className="panel empty" aria-label="No data yet">
      <PulseLine />
      <h2>No data yet</h2>
      {collectorAlive ? (
        <p className="sub">
          A collector writes the key <code>{inputKey}</code>; the first result is on its way.
        </p>
      ) : (
        <>
          <p className="sub">
            Nothing has come from the key <code>{inputKey}</code>. Start the collector, or write one sample yourself:
          </p>
          <CopyCommand command="COLLECT=on npm start" />
          <CopyCommand command={sample} />
        </>
      )}
      <p className="small dim">This page updates by itself as soon as the first result arrives.</p>
    </section>
  );
}
