import { listNames } from '#lib/functions/list-names';
import { admitReader } from './auth/admit.ts';
import { getContext } from './context.ts';
import { ifAvailable } from './if-available.ts';
import { LivePage } from './live-page/live-page.tsx';
import { parseView } from './live-page/view.ts';
import { Overview } from './overview/overview.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { overviewHref, parseOverviewView } from './overview/overview-view.ts';

/** The live page itself while there is one function, else all of them. */
export default async function Page({ searchParams }: PageProps<'/'>) {
  const search = await searchParams;
  const view = parseOverviewView(search);
  const names = await ifAvailable(readNames(overviewHref(view)));
  if (names === null) return <OverviewPage view={view} first={null} />;
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return <LivePage name={only} view={parseView('/', search)} />;
  return <Overview view={view} />;
}

async function readNames(path: string): Promise<string[]> {
  await admitReader(path);
  return await listNames(await getContext());
}
