import { notFound } from 'next/navigation';
import { VigiaError } from '#lib/errors';
import { admitAdmin } from '../auth/admit.ts';
import { Workspace } from '../code/workspace.tsx';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { OutageNotice } from '../panels/outage-notice.tsx';
import { StatePill } from '../panels/state-pill.tsx';
import { DeleteButton } from '../settings/delete-button.tsx';
import { EnabledSwitch } from '../settings/enabled-switch.tsx';
import { SettingsPanel } from '../settings/settings-panel.tsx';
import { FunctionTabs } from '../ui/function-tabs.tsx';
import { KeptPage } from '../ui/kept-page.tsx';
import { FunctionSwitch } from './function-switch.tsx';
import { GoneNotice } from './gone-notice.tsx';
import { loadSettings, type SettingsData } from './load-settings.ts';
import { SettingsUnavailable } from './settings-unavailable.tsx';
import { WantedProvider } from './wanted-provider.tsx';
import '../styles/forms.css';
import '../styles/settings.css';
import '../styles/code.css';
import '../styles/versions.css';

export async function SettingsPage({ name }: { name: string }) {
  return (
    <KeptPage key={name} empty={<SettingsUnavailable name={name} />}>
      {await ifAvailable(readSettings(name))}
    </KeptPage>
  );
}

/** One function's settings and code, for those who may change them. */
async function readSettings(name: string) {
  const { page, wanted, code, names } = await admittedTo(name).catch((error: unknown) => {
    if (error instanceof VigiaError && error.code === 'not_found') notFound();
    throw error;
  });
  const { now } = page.live;
  return (
    <LiveProvider key={name} page={page}>
      <WantedProvider first={wanted}>
        <OutageNotice />
        <GoneNotice />
        <main id="content">
          <div className="bar">
            <FunctionSwitch name={name} names={names} />
            <FunctionTabs name={name} current="settings" />
            <StatePill />
            <div className="grow" />
            <EnabledSwitch now={now} />
            <DeleteButton />
          </div>
          <SettingsPanel now={now} />
          <Workspace code={code} now={now} />
        </main>
      </WantedProvider>
    </LiveProvider>
  );
}

async function admittedTo(name: string): Promise<SettingsData> {
  const caller = await admitAdmin(`/functions/${encodeURIComponent(name)}/settings`);
  return await loadSettings(await getContext(), caller, name);
}
