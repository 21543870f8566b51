'use client';

import { PassingButton } from '../forms/passing-button.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { apiOf } from '../live/rest.ts';
import { Icon } from '../ui/line-icon.tsx';
import type { ArchiveBase } from './code-base.ts';
import { DeployStatus } from './deploy-status.tsx';
import type { Progress } from './use-deploy.ts';
import { codeWords } from './words.tsx';

type Props = {
  name: string;
  archive: ArchiveBase;
  progress: Progress;
  liveNumber: number | null;
  isTrying: boolean;
  onTry: () => void;
  /** Begins a file that takes the place of the archive. */
  onWrite: () => void;
};

/** Code that came as an archive: what is in it. It is changed where it is made. */
export function ArchivePanel({ name, archive, progress, liveNumber, isTrying, onTry, onWrite }: Props) {
  const say = useWords(codeWords);
  const { bytes } = useFormat();
  const { number, names, entry } = archive;
  const rejected = useLive(({ live }) => live.state?.rejected ?? null);
  const files = names.filter((each) => !each.endsWith('/'));
  return (
    <section className="panel" aria-labelledby="code">
      <div className="head code-head">
        <h2 id="code">{say.code}</h2>
        <span className="sub">{say.archive(bytes(archive.bytes))}</span>
        {entry !== null && (
          <span className="tag mono" translate="no">
            {entry}
          </span>
        )}
        <div className="grow" />
        <div className="row scripted">
          <PassingButton className="btn quiet" onClick={onWrite}>
            {say.writeInstead}
          </PassingButton>
          <button type="button" className="btn" aria-busy={isTrying || undefined} onClick={onTry}>
            <Icon shape="play" />
            {say.tryLive}
          </button>
          <a className="btn" href={`${apiOf(name)}/versions/${number}/archive`} download>
            <Icon shape="download" />
            {say.download}
          </a>
        </div>
      </div>
      <ul className="file-list" translate="no">
        {files.map((file) => (
          <li key={file}>
            <code>{file}</code>
          </li>
        ))}
      </ul>
      <div className="foot small">
        <DeployStatus progress={progress} liveNumber={liveNumber} rejected={rejected} />
        <span className="dim">{say.filesOf(number, files.length)}</span>
      </div>
    </section>
  );
}
