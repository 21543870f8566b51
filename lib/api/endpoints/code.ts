import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { deployCode, type Handed, rollBack } from '#lib/functions/deploy-code';
import { listVersions, readListedVersion } from '#lib/functions/list-versions';
import { readDeployedCode } from '#lib/functions/read-deployed-code';
import { readSettings } from '#lib/functions/read-settings';
import {
  archiveQuery,
  deployed,
  deployment,
  rollBackRequest,
  settingsReading,
  versionList,
  versionReading,
} from '#lib/schemas/api';
import { endpoint } from '../endpoint.ts';
import { archive, created, download, json, ok } from '../media.ts';
import { handedBy } from './handed-code.ts';
import { settingsOf, withCurrentSettings } from './settings-reading.ts';

const deployment201 = created('Kept as a version; it goes live when it has loaded, between two ticks.', deployed);

export const codeEndpoints = [
  endpoint({
    id: 'listVersions',
    section: 'Code',
    method: 'GET',
    path: '/functions/{name}/versions',
    summary: "List the versions of a function's code, the newest first.",
    access: 'admin',
    answer: ok('The versions.', versionList),
    example: {},
    async handle(ctx, { caller, params: { name } }) {
      const { revision } = await readSettings(ctx, caller, { name });
      return { body: { versions: await listVersions(ctx, caller, { name }) }, revision };
    },
  }),

  endpoint({
    id: 'deployCode',
    section: 'Code',
    method: 'POST',
    path: '/functions/{name}/versions',
    summary: 'Deploy code: the text of one file, or the address of a zip archive that the server fetches.',
    description: 'Only addresses that are public, or that FUNCTION_ZIP_ALLOW names, are fetched.',
    access: 'admin',
    body: json(deployment),
    checksRevision: true,
    isIdempotent: true,
    answer: deployment201,
    example: {
      body: {
        language: 'python',
        text: 'def handler(input, context):\n    return {"cpus": len(input)}\n',
        message: 'Count what comes in',
      },
    },
    async handle(ctx, { caller, params: { name }, body, revision }) {
      await readSettings(ctx, caller, { name });
      const { freshEnv } = body;
      return await deploy(ctx, caller, { name, code: await handedBy(ctx, body), freshEnv, revision });
    },
  }),

  endpoint({
    id: 'deployArchive',
    section: 'Code',
    method: 'POST',
    path: '/functions/{name}/versions',
    summary: 'Deploy a zip archive.',
    access: 'admin',
    query: archiveQuery,
    body: archive,
    checksRevision: true,
    isIdempotent: true,
    answer: deployment201,
    example: { query: { message: 'As one archive' }, body: Buffer.from('PK…') },
    async handle(ctx, { caller, params: { name }, query, body: bytes, revision }) {
      const { freshEnv, ...about } = query;
      return await deploy(ctx, caller, { name, code: { kind: 'archive', bytes, ...about }, freshEnv, revision });
    },
  }),

  endpoint({
    id: 'readVersion',
    section: 'Code',
    method: 'GET',
    path: '/functions/{name}/versions/{number}',
    summary: 'Read a version, with its text when it is a single file.',
    access: 'admin',
    answer: ok('The version.', versionReading),
    example: {},
    async handle(ctx, { caller, params: { name, number } }) {
      const version = await readListedVersion(ctx, caller, { name, number });
      const content = version.kind === 'file' ? await readDeployedCode(ctx, caller, { name, ...version }) : null;
      return { body: { version, text: content?.toString('utf8') ?? null } };
    },
  }),

  endpoint({
    id: 'readArchive',
    section: 'Code',
    method: 'GET',
    path: '/functions/{name}/versions/{number}/archive',
    summary: 'Download the archive of a version.',
    access: 'admin',
    answer: download('The bytes as they were deployed.'),
    example: {},
    async handle(ctx, { caller, params: { name, number } }) {
      const { kind, sha256 } = await readListedVersion(ctx, caller, { name, number });
      const body = kind === 'archive' ? await readDeployedCode(ctx, caller, { name, sha256 }) : null;
      if (body === null) throw new VigiaError('not_found', `No archive is kept of version ${number}`);
      return { body, fileName: `${name}-${number}.zip` };
    },
  }),

  endpoint({
    id: 'rollBack',
    section: 'Code',
    method: 'POST',
    path: '/functions/{name}/rollback',
    summary: 'Go back to an earlier version, or with null to what the deployment says.',
    access: 'admin',
    body: json(rollBackRequest),
    checksRevision: true,
    answer: ok('What is wanted of the function now.', settingsReading),
    example: { body: { version: 1 } },
    async handle(ctx, { caller, params: { name }, body, revision }) {
      const before = await readSettings(ctx, caller, { name });
      const after = await withCurrentSettings(() => rollBack(ctx, caller, { name, ...body, revision }));
      return {
        body: settingsOf(after),
        revision: after.revision,
        audit: {
          action: 'function.roll-back',
          target: `function/${name}`,
          before: { version: before.overrides.code?.version ?? null },
          after: { version: body.version, freshEnv: body.freshEnv },
        },
      };
    },
  }),
];

type Deployment = { name: string; code: Handed; freshEnv: boolean; revision: number | undefined };

async function deploy(ctx: Context, caller: Caller, { name, code, freshEnv, revision }: Deployment) {
  const before = await readSettings(ctx, caller, { name });
  const change = { name, code, freshEnv, revision };
  const { record, version } = await withCurrentSettings(() => deployCode(ctx, caller, change));
  return {
    body: { version, settings: settingsOf(record) },
    revision: record.revision,
    location: `/functions/${name}/versions/${version}`,
    audit: {
      action: 'function.deploy',
      target: `function/${name}`,
      before: { version: before.overrides.code?.version ?? null },
      after: { version, message: code.message ?? '', freshEnv },
    } as const,
  };
}
