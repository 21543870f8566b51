import { SETTING_FIELDS } from '../settings/fields.ts';
import { EmptyPanel } from '../ui/empty-panel.tsx';

/** The page while Redis does not answer and nothing is known yet: its layout. */
export function SettingsUnavailable({ name }: { name: string }) {
  return (
    <main id="content" aria-busy="true">
      <div className="bar">
        <h1>{name}</h1>
      </div>
      <p className="sr">Loading</p>
      <EmptyPanel title={60} rows={SETTING_FIELDS.length} />
      <EmptyPanel title={40} rows={9} />
    </main>
  );
}
