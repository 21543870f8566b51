import type { Metadata } from 'next';
import { LivePage } from '../../live-page/live-page.tsx';
import { parseView } from '../../live-page/view.ts';

type Props = PageProps<'/functions/[name]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: decodeURIComponent(name) };
}

export default async function Page({ params, searchParams }: Props) {
  const name = decodeURIComponent((await params).name);
  return <LivePage name={name} view={parseView(`/functions/${encodeURIComponent(name)}`, await searchParams)} />;
}
