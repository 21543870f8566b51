import type { Metadata } from 'next';
import { LivePage } from '../../live-page/live-page.tsx';
import { readView } from '../../live-page/read-view.ts';

type Props = PageProps<'/functions/[name]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: decodeURIComponent(name) };
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).name);
  return <LivePage name={name} view={await readView(`/functions/${encodeURIComponent(name)}`, searchParams)} />;
}
