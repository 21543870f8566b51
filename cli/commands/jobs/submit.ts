import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { idempotencyKey, type JobSummary, job, jobLanguage, jobSummary, type NewJob } from '#lib/schemas/job';
import type { ApiClient } from '../../api/client.ts';
import { Unreachable } from '../../api/refusal.ts';
import { untilAnswered } from '../../api/until-answered.ts';
import type { Cli } from '../../cli.ts';
import { command } from '../../command.ts';
import { Failure, UsageError } from '../../failure.ts';
import { jobLanguageOf } from '../../input/job-language.ts';
import { readText, STDIN } from '../../input/read-input.ts';
import { flag, value, word } from '../../params.ts';
import { followToEnd } from './follow.ts';
import { endOf, exitCodeOf, waitOf } from './job-exit.ts';

export const submit = command({
  name: 'jobs submit',
  summary: 'Submit a script, to be run once in a sandbox; writes its number.',
  description:
    'With `--wait` or `--follow` it writes what the job writes, stdout and stderr apart, and ends with its exit code. ' +
    'Ctrl-C then leaves the job running and says how to come back to it. When the connection is lost before there is an answer, ' +
    'the same is sent again, for some 15 s: it has a key, so that it is one job.',
  words: { file: word('FILE', 'The script; `-` is standard input.', z.string(), { files: true }) },
  options: {
    input: value('FILE', 'Its standard input; `-` is that of this command.', z.string(), { short: 'i', files: true }),
    language: value('LANGUAGE', 'Unless it can be told from the name or the first line of the script.', jobLanguage, {
      short: 'l',
    }),
    wait: flag('Wait for its end, then write what it wrote.', { short: 'w' }),
    follow: flag('Write what it writes as it comes, until its end.', { short: 'f' }),
    retryable: flag('Start it again when its worker is lost; otherwise a script is never started twice.'),
    key: value('KEY', 'A name for this job: submitted again with it within 24 h, it is the same job.', idempotencyKey),
  },
  shows: true,
  examples: [
    'vigia jobs submit report.py --input data.csv --wait',
    "echo 'echo hello' | vigia jobs submit - --language bash --follow",
    'vigia jobs submit nightly.py --key nightly-2026-03-01 --retryable',
  ],
  async run(cli, { file }, { input, language, wait, follow, retryable, key }) {
    if (file === STDIN && input === STDIN) throw new UsageError('Script and input cannot both be standard input');
    if (follow && cli.out.format !== 'table') {
      throw new UsageError('--follow writes what the job writes: use --wait with --output');
    }
    const code = await readText(file);
    const json = {
      code,
      language: language ?? jobLanguageOf(file, code),
      input: input === undefined ? '' : await readText(input),
      retryable,
    };
    const api = await cli.api();
    const submitted = await submitOnce(cli, api, json, key ?? randomUUID());
    const { id } = submitted;
    if (!wait && !follow) {
      await cli.out.show(submitted, () => `${id}\n`);
      cli.out.hint(`It waits ${waitOf(submitted)}. Its output: vigia jobs logs -f ${id}`);
      return;
    }
    cli.out.hint(`Job ${id} is submitted`);
    return await end(cli, api, id, follow).catch((error: unknown) => {
      if (!(error instanceof Unreachable)) throw error;
      const more = [`Job ${id} is submitted, and may go on: vigia jobs logs -f ${id}`];
      throw new Failure(error.code, error.message, { more, cause: error });
    });
  },
});

/** Under a key, what is sent again is one job. */
async function submitOnce(cli: Cli, api: ApiClient, json: NewJob, key: string): Promise<JobSummary> {
  const headers = { 'Idempotency-Key': key };
  let isLost = false;
  const onLost = (reason: string) => {
    isLost = true;
    cli.out.say(`vigia: ${reason}; trying again, which makes no other job`);
  };
  try {
    return await untilAnswered(() => api.call('POST', '/jobs', jobSummary, { json, headers }), { onLost });
  } catch (error) {
    if (!isLost || !(error instanceof Failure)) throw error;
    const more = [...error.more, `It may be submitted all the same: with --key ${key} this command makes no other job`];
    throw new Failure(error.code, error.message, { more, cause: error });
  }
}

async function end(cli: Cli, api: ApiClient, id: number, follow: boolean): Promise<number> {
  const followed = await followToEnd(cli, api, id, { writesOutput: follow, isNew: true });
  const ended = follow && followed !== null ? followed : await showEnded(cli, api, id);
  const reason = endOf(ended);
  if (reason !== null) cli.out.say(`vigia: ${reason}`);
  return exitCodeOf(ended);
}

async function showEnded({ out }: Cli, api: ApiClient, id: number): Promise<JobSummary> {
  const ended = await api.call('GET', `/jobs/${id}`, job);
  if (out.format === 'table') {
    out.text('stdout', ended.stdout);
    out.text('stderr', ended.stderr);
  } else await out.show(ended, () => '');
  return ended;
}
