import type { Metadata } from 'next';
import { pageWords } from '../../../language/page-language.ts';
import { SettingsPage } from '../../../settings-page/settings-page.tsx';
import { settingsPageWords } from '../../../settings-page/words.ts';

type Props = PageProps<'/functions/[name]/settings'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params;
  return { title: (await pageWords(settingsPageWords)).title(decodeURIComponent(name)) };
}

export default async function Page({ params }: Props) {
  return <SettingsPage name={decodeURIComponent((await params).name)} />;
}
