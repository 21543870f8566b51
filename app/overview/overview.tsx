import { readOverview } from '#lib/functions/overview/read-overview';
import { overviewQuery } from '#lib/schemas/overview';
import { mayChange } from '../auth/may-change.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { NewFunctionButton } from './new-function-button.tsx';
import { NoFunctions } from './no-functions.tsx';
import { OverviewPage } from './overview-page-lazy.tsx';
import type { OverviewView } from './overview-view.ts';

/** All functions, as the page's address asks for them. */
export async function Overview({ view }: { view: OverviewView }) {
  const first = await ifAvailable(readOverview(await getContext(), overviewQuery.parse(view)));
  if (first?.total === 0) return <NoFunctions />;
  return (
    <OverviewPage view={view} first={first}>
      {(await mayChange()) && <NewFunctionButton />}
    </OverviewPage>
  );
}
