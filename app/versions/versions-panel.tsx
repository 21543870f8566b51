'use client';

import { type DragEvent, useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import { useWords } from '../language/use-language.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { Who } from '../ui/who.tsx';
import type { Selectable } from './comparison.ts';
import { RollBackButton } from './roll-back-button.tsx';
import { UploadDialog } from './upload-dialog.tsx';
import { VersionRow } from './version-row.tsx';
import { versionsWords } from './words.tsx';

type Props = {
  liveNumber: number | null;
  hasDraft: boolean;
  selected: readonly Selectable[];
  onSelect: (one: Selectable) => void;
  /** Another version is to run from now on; null for whichever the deployment has. */
  onChosen: (version: number | null, settings: SettingsReading) => void;
  now: number;
};

/** Every version of the code, the newest first; what is dropped here is uploaded. */
export function VersionsPanel({ liveNumber, hasDraft, selected, onSelect, onChosen, now }: Props) {
  const say = useWords(versionsWords);
  const { settings, versions } = useWanted();
  const [uploading, setUploading] = useState<{ file: File | null } | null>(null);
  const { override, deployment } = settings.code;
  const wanted = override?.version ?? deployment?.version ?? null;
  const rolledBack = async (version: number | null, data: unknown) => {
    const { asSettings } = await import('../settings-page/answers.ts');
    onChosen(version, asSettings(data));
  };
  return (
    <section
      className="panel"
      aria-labelledby="versions"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setUploading({ file: event.dataTransfer.files[0] ?? null });
      }}
    >
      <div className="head">
        <h2 id="versions">{say.versions}</h2>
        <div className="grow" />
        <button type="button" className="btn quiet scripted" onClick={() => setUploading({ file: null })}>
          {say.uploadArchive}
        </button>
      </div>
      <ol className="vers">
        {hasDraft && (
          <li className={selected.includes('draft') ? 'on' : undefined}>
            <button
              type="button"
              className="pick"
              aria-pressed={selected.includes('draft')}
              onClick={() => onSelect('draft')}
              title={say.compare}
            >
              <b>–</b>
              <span className="about">
                <span className="cut">{say.draft}</span>
                <span className="small dim cut">{say.inTheEditor}</span>
              </span>
            </button>
          </li>
        )}
        {versions.map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            isLive={version.number === liveNumber}
            isLoading={version.number === wanted && version.failure === null}
            isDeclared={version.number === deployment?.version}
            isSelected={selected.includes(version.number)}
            now={now}
            onSelect={() => onSelect(version.number)}
            onRolledBack={(data) => void rolledBack(version.number, data)}
          />
        ))}
        {versions.length === 0 && !hasDraft && <li className="none">{say.noCode}</li>}
      </ol>
      {override !== null && deployment !== null && (
        <div className="chosen">
          <span className="small sub">{say.chose(<Who by={override.by} />, override.version, deployment.version)}</span>
          <RollBackButton number={null} onDone={(data) => void rolledBack(deployment.version, data)} />
        </div>
      )}
      {uploading !== null && (
        <UploadDialog first={uploading.file} onClose={() => setUploading(null)} onDeployed={onChosen} />
      )}
    </section>
  );
}
