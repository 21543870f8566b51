import * as z from 'zod';
import { language } from '#lib/schemas/function';
import { functionName } from '#lib/schemas/name';
import { type TryReport, tryEnv, tryReport } from '#lib/schemas/try';
import type { Cli } from '../../cli.ts';
import { command } from '../../command.ts';
import { EXIT } from '../../exit-codes.ts';
import { UsageError } from '../../failure.ts';
import { readText } from '../../input/read-input.ts';
import { digits, maybeWord, value, word } from '../../params.ts';
import { span } from '../../show/format.ts';
import { readCode } from './code-file.ts';

const CURRENT = 'current';

export const tryCode = command({
  name: 'functions try',
  summary: 'Run code once on the current input or on one of yours; nothing is written; for admins.',
  description:
    'Writes what it returns to stdout, what it prints and why it fails to stderr. 0 when it returned something, 1 when it ' +
    'failed. Without SOURCE, a version that is kept is tried.',
  words: {
    name: word('NAME', 'The function.', functionName),
    source: maybeWord('SOURCE', 'A file, a folder, a zip archive, or `-`.', z.string(), { files: true }),
  },
  options: {
    input: value(
      'FILE',
      `A file of JSON to call it with; \`${CURRENT}\`, unless given, is what the input key holds.`,
      z.string(),
      {
        short: 'i',
        files: true,
      },
    ),
    version: value(
      'N',
      'Which version to try; without it and without SOURCE, the one that is to run.',
      digits(z.int().min(1)),
    ),
    handler: value('NAME', 'Instead of the handler that the settings name.', z.string().min(1)),
    env: value('ENV', 'A copy of its `env` to start with, or an empty one.', tryEnv),
    language: value('LANGUAGE', 'Unless the name of the file tells it.', language, { short: 'l' }),
    entry: value('MODULE', 'The module of an archive that has the handler.', z.string().min(1)),
  },
  shows: true,
  examples: [
    'vigia functions try default handler.py',
    'vigia functions try default handler.py --input sample.json',
    'vigia functions try default --version 3',
  ],
  async run(cli, { name, source }, { input = CURRENT, language, entry, version, handler, env }) {
    if (source !== undefined && version !== undefined) throw new UsageError('Try SOURCE or --version, not both');
    const options = { handler, env, input: input === CURRENT ? undefined : await readText(input) };
    const code = source === undefined ? undefined : await readCode(source, language);
    if (code?.kind === 'url') throw new UsageError('An address can be deployed, and not tried: download it first');
    const api = await cli.api();
    const path = `/functions/${name}/try`;
    const report =
      code?.kind === 'archive'
        ? await api.call('POST', path, tryReport, { archive: code.bytes, query: { ...options, entry, language } })
        : await api.call('POST', path, tryReport, {
            json: { ...options, version, code: code && { text: code.text, language: code.language } },
          });
    await show(cli, report);
    return report.outcome === 'failed' ? EXIT.failed : EXIT.ok;
  },
});

async function show({ out }: Cli, report: TryReport): Promise<void> {
  if (out.format !== 'table') return await out.show(report, () => '');
  const { log, linesLeftOut, failure, result, loadMs, tookMs } = report;
  if (linesLeftOut > 0) out.say(`(${linesLeftOut} lines before are left out)`);
  for (const { text } of log) out.text('stderr', `${text}\n`);
  if (result !== null) out.text('stdout', `${result.text}\n`);
  if (failure !== null) {
    const place = failure.line === undefined ? '' : ` (${failure.file ?? 'line'} ${failure.line})`;
    if (failure.traceback !== undefined) out.text('stderr', `${failure.traceback.trimEnd()}\n`);
    out.say(`vigia: ${failure.kind}: ${failure.message}${place}`);
  }
  if (report.outcome === 'nothing') out.say('It returned nothing that would be written');
  out.hint(`Loaded in ${span(loadMs)}${tookMs === null ? '' : `, ran for ${span(tookMs)}`}`);
}
