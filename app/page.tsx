import { listNames } from '#lib/functions/list-names';
import { admitReader } from './auth/admit.ts';
import { getContext } from './context.ts';
import { ifAvailable } from './if-available.ts';
import { WallOrDesk } from './kiosk/wall-or-desk.tsx';
import { LivePage } from './live-page/live-page.tsx';
import { readView } from './live-page/read-view.ts';
import { hrefOf } from './live-page/view.ts';
import { Overview } from './overview/overview.tsx';
import { OverviewPage } from './overview/overview-page-lazy.tsx';
import { overviewHref, parseOverviewView } from './overview/overview-view.ts';

/** The live page itself while there is one function, else all of them. */
export default async function Page({ searchParams }: PageProps<'/'>) {
  const search = await searchParams;
  const view = parseOverviewView(search);
  const names = await ifAvailable(readNames(overviewHref(view)));
  if (names === null) return <OverviewPage view={view} first={null} />;
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    const liveView = await readView('/', searchParams);
    return (
      <WallOrDesk isWall={view.isKiosk} leave={hrefOf(liveView)}>
        <LivePage name={only} view={liveView} />
      </WallOrDesk>
    );
  }
  return <Overview view={view} />;
}

async function readNames(path: string): Promise<string[]> {
  await admitReader(path);
  return await listNames(await getContext());
}
