import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { SETTING_FIELDS } from '../settings/fields.ts';
import { EmptyPanel } from '../ui/empty-panel.tsx';

/** The page while Redis does not answer and nothing is known yet: its layout. */
export async function SettingsUnavailable({ name }: { name: string }) {
  const { loading } = await pageWords(commonWords);
  return (
    <main id="content" aria-busy="true">
      <div className="bar">
        <h1 translate="no">{name}</h1>
      </div>
      <p className="sr">{loading}</p>
      <EmptyPanel title={60} rows={SETTING_FIELDS.length} />
      <EmptyPanel title={40} rows={9} />
    </main>
  );
}
