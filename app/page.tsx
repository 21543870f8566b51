import { VigiaError } from '#lib/errors';
import { listFunctions } from '#lib/functions/list-functions';
import type { FunctionState } from '#lib/schemas/function';
import { admitReader } from './auth/admit.ts';
import { getContext } from './context.ts';
import { LivePage } from './live-page/live-page.tsx';
import { readView } from './live-page/read-view.ts';
import { Unavailable } from './live-page/unavailable.tsx';
import { hrefOf, type View } from './live-page/view.ts';
import { Overview } from './overview/overview.tsx';

/** The live page itself while there is one function, else all of them. */
export default async function Page({ searchParams }: PageProps<'/'>) {
  const view = await readView('/', searchParams);
  const functions = await readFunctions(view).catch((error: unknown) => {
    if (error instanceof VigiaError && error.code === 'unavailable') return null;
    throw error;
  });
  if (functions === null) return <Unavailable name={null} view={null} />;
  const [only, ...others] = functions;
  if (only !== undefined && others.length === 0) return <LivePage name={only.name} view={view} />;
  return <Overview functions={functions} />;
}

async function readFunctions(view: View): Promise<FunctionState[]> {
  await admitReader(hrefOf(view));
  return await listFunctions(await getContext());
}
