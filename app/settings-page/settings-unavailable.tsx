import { StaticBanner } from '../panels/banner.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import { SETTING_FIELDS } from '../settings/fields.ts';

/** The page while Redis does not answer and nothing is known yet: its layout, and why it is empty. */
export function SettingsUnavailable({ name }: { name: string }) {
  return (
    <>
      <StaticBanner title="Redis unreachable.">
        Nothing can be shown or changed until it answers. This page tries again every 2 s.
      </StaticBanner>
      <main id="content" aria-busy="true">
        <div className="bar">
          <h1>{name}</h1>
        </div>
        <p className="sr">Loading</p>
        <section className="panel" aria-hidden="true">
          <div className="head">
            <span className="sk" style={{ width: 60, height: 14 }} />
          </div>
          {SETTING_FIELDS.map((field) => (
            <div className="sk-row" key={field.name}>
              <span className="sk" style={{ width: '60%' }} />
            </div>
          ))}
        </section>
        <section className="panel" aria-hidden="true">
          <div className="head">
            <span className="sk" style={{ width: 40, height: 14 }} />
          </div>
          <div className="code" />
        </section>
      </main>
      <RetryUntilBack />
    </>
  );
}
