import { pageWords } from '../language/page-language.ts';
import { CopyCommand } from '../ui/copy-command.tsx';
import { PulseLine } from '../ui/pulse-line.tsx';
import { RefreshEvery } from './refresh-every.tsx';
import { overviewWords } from './words.ts';

const REFRESH_MS = 5_000;

/** Nothing runs yet: what to do, and that nothing needs to be reloaded. */
export async function NoFunctions() {
  const say = await pageWords(overviewWords);
  return (
    <>
      <main id="content">
        <div className="bar">
          <h1>{say.title}</h1>
        </div>
        <section className="panel empty" aria-label={say.none}>
          <PulseLine />
          <h2>{say.none}</h2>
          <p className="sub">{say.noneHint}</p>
          <CopyCommand command="npm start" />
          <p className="small dim">{say.noneUpdates}</p>
        </section>
      </main>
      <RefreshEvery ms={REFRESH_MS} />
    </>
  );
}
