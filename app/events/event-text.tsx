'use client';

import type { SettingChange } from '#lib/schemas/event';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useVersionName } from './events-provider.tsx';
import { GapText } from './gap.tsx';
import type { Happening, OfKind } from './happenings.ts';
import { eventWords } from './words.ts';

/** What happened, in words. */
export function EventText({ of }: { of: Happening }) {
  if (of.kind === 'deploy') return <Deployed {...of} />;
  if (of.kind === 'not-loaded') return <NotLoaded {...of} />;
  if (of.kind === 'settings') return <Settings {...of} />;
  if (of.kind === 'restart') return <Restarted {...of} />;
  if (of.kind === 'gap') return <GapText of={of} />;
  return <Failed {...of} />;
}

function Deployed({ version, label, wish, isLive }: OfKind<'deploy'>) {
  const say = useWords(eventWords);
  const nameOf = useVersionName();
  const verb = !isLive
    ? say.chosen
    : wish === null
      ? say.nowRuns
      : say[wish.kind === 'deploy' ? 'deployed' : 'rolledBack'];
  const name = version !== null ? `v${version}` : label === null ? say.deploymentsCode : nameOf(label);
  return (
    <>
      {verb} <b>{name}</b>
      {wish?.kind === 'deploy' && <Note>{wish.message}</Note>}
    </>
  );
}

function NotLoaded({ version, message, tries }: OfKind<'not-loaded'>) {
  const say = useWords(eventWords);
  const { whole } = useFormat();
  return (
    <>
      <span className="bad-t">
        <b>{version === null ? say.theCode : `v${version}`}</b> {say.doesNotLoad}
        {tries > 1 && say.tries(whole(tries))}
      </span>
      <Said>{message}</Said>
    </>
  );
}

function Failed({ run: { count, version, message } }: OfKind<'failure'>) {
  const say = useWords(eventWords);
  const nameOf = useVersionName();
  const { whole } = useFormat();
  return (
    <>
      <span className="bad-t">
        {say.ticksFailed(count, whole(count))}
        {say.on(nameOf(version))}
      </span>
      <Said>{message}</Said>
    </>
  );
}

function Restarted({ reason, message, count }: OfKind<'restart'>) {
  const say = useWords(eventWords);
  const { whole } = useFormat();
  return (
    <>
      {say.restarted(count, whole(count))}: {say.reasons[reason]}
      {message !== undefined && <Said>{message}</Said>}
    </>
  );
}

function Settings({ changes }: OfKind<'settings'>) {
  const change = useChangeText();
  return changes.map(change).join('; ');
}

/** "Period changed from 5 s to 2.5 s" */
function useChangeText(): (change: SettingChange) => string {
  const say = useWords(eventWords);
  const { plain } = useFormat();
  const shown = (name: string, value: SettingChange['to']) =>
    typeof value === 'number' && name.endsWith('Ms') ? `${plain(value / 1_000)} s` : `${value}`;
  return ({ name, from, to }) =>
    name === 'enabled'
      ? say[to === true ? 'enabled' : 'disabled']
      : say.changed(say.settings[name], shown(name, from), shown(name, to));
}

/** As its author's language tells it. */
function Said({ children }: { children: string }) {
  const text = useFailureText()(children);
  return (
    <span className="note mono sub" translate="no" title={text}>
      {text}
    </span>
  );
}

function Note({ children }: { children: string }) {
  return (
    <span className="note sub" translate="no">
      {children}
    </span>
  );
}
