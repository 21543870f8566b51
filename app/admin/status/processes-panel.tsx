'use client';

import type { RoleName, SeenProcess } from '#lib/schemas/role';
import type { StatusDetails } from '#lib/schemas/status';
import { MISSING } from '../../format/numbers.ts';
import { commonWords } from '../../language/common-words.ts';
import { useFormat, useWords } from '../../language/use-language.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Moment } from '../../ui/moment.tsx';
import { StateShape } from '../../ui/state-mark.tsx';
import { type MissingRole, missingRoles, ROLES } from './missing-roles.ts';
import { processWords, roleWords, statusWords } from './words.ts';

/** One line a process, in the order in which a metric passes them; where nobody plays a role, what that means. */
export function ProcessesPanel({ status }: { status: StatusDetails }) {
  const say = useWords(processWords);
  const { processes: title } = useWords(statusWords);
  const { role } = useWords(commonWords);
  const missing = new Map(missingRoles(status).map((each) => [each.role, each]));
  const versions = [...new Set(status.processes.filter(({ isAlive }) => isAlive).map(({ version }) => version))];
  const columns: Column[] = [
    { title: role },
    { title: say.state },
    { title: say.heartbeat },
    { title: say.host },
    { title: say.pid, isNumber: true, isName: true },
    { title: say.load },
    { title: say.memory, isNumber: true },
    { title: 'Vigia', isName: true },
    { title: say.node, isName: true },
    { title: 'Python', isName: true },
    { title: say.since },
  ];
  return (
    <section className="panel" aria-labelledby="processes">
      <div className="head">
        <h2 id="processes">{title}</h2>
        <span className="small dim">{say.about}</span>
        {versions.length > 1 && <span className="small warn-t">{say.versionsDiffer(versions.join(', '))}</span>}
      </div>
      <DataTable labelledBy="processes" columns={columns} scrolls={say.table}>
        {ROLES.map((each) => (
          <RoleRows key={each} role={each} status={status} missing={missing.get(each)} columns={columns.length} />
        ))}
      </DataTable>
    </section>
  );
}

type RoleProps = { role: RoleName; status: StatusDetails; missing: MissingRole | undefined; columns: number };

function RoleRows({ role, status: { processes, now }, missing, columns }: RoleProps) {
  const say = useWords(processWords);
  const { name, without } = useWords(roleWords);
  return (
    <>
      {processes
        .filter((each) => each.role === role)
        .map((each) => (
          <ProcessRow key={each.instance} process={each} now={now} />
        ))}
      {missing !== undefined && (
        <tr>
          <td>{name[role]}</td>
          <td>
            <span className={`state ${missing.tone}`}>
              <StateShape tone={missing.tone} />
              {say.missing}
            </span>
          </td>
          <td colSpan={columns - 2} className="sub">
            {without[role]}
          </td>
        </tr>
      )}
    </>
  );
}

function ProcessRow({ process, now }: { process: SeenProcess; now: number }) {
  const { role, host, pid, load, memoryBytes, version, node, python, startedAt, seenAt, isAlive } = process;
  const say = useWords(processWords);
  const { name } = useWords(roleWords);
  const { bytes, age } = useFormat();
  const tone = isAlive ? 'ok' : 'bad';
  return (
    <tr>
      <td>{name[role]}</td>
      <td>
        <span className={`state ${tone}`}>
          <StateShape tone={tone} />
          {isAlive ? say.alive : say.gone}
        </span>
      </td>
      <td className={isAlive ? undefined : 'bad-t'}>{age(now - seenAt)}</td>
      <td className="mono cut" title={host} translate="no">
        {host}
      </td>
      <td className="num">{pid}</td>
      <td>{role === 'collector' || load === null ? MISSING : say.loads[role](load)}</td>
      <td className="num">{bytes(memoryBytes)}</td>
      <td translate="no">{version}</td>
      <td translate="no">{node}</td>
      <td translate="no">{python ?? MISSING}</td>
      <td>
        <Moment at={startedAt} now={now} />
      </td>
    </tr>
  );
}
