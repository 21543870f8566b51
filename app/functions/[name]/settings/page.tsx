import type { Metadata } from 'next';
import { SettingsPage } from '../../../settings-page/settings-page.tsx';

type Props = PageProps<'/functions/[name]/settings'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: `${decodeURIComponent(name)}: settings and code` };
}

export default async function Page({ params }: Props) {
  return <SettingsPage name={decodeURIComponent((await params).name)} />;
}
