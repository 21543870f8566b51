import type { Metadata } from 'next';
import { WallOrDesk } from '../../kiosk/wall-or-desk.tsx';
import { LivePage } from '../../live-page/live-page.tsx';
import { readView } from '../../live-page/read-view.ts';
import { hrefOf } from '../../live-page/view.ts';

type Props = PageProps<'/functions/[name]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: decodeURIComponent(name) };
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).name);
  const search = await searchParams;
  const view = await readView(`/functions/${encodeURIComponent(name)}`, searchParams);
  return (
    <WallOrDesk isWall={search.kiosk !== undefined} leave={hrefOf(view)}>
      <LivePage name={name} view={view} />
    </WallOrDesk>
  );
}
