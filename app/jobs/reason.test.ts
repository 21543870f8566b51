import { expect, test } from 'vitest';
import type { JobSummary } from '#lib/schemas/job';
import { JOB_DETAILS } from '#lib/schemas/job-details';
import { formatFor } from '../format/format-for.ts';
import { jobOf } from './job.fixture.ts';
import { reasonOf } from './reason.ts';
import { jobWords } from './words.ts';

const ended = (told: Partial<JobSummary>) => jobOf({ status: 'ERROR', startedAt: 2_000, endedAt: 12_012, ...told });

test.each([
  [jobOf(), 'waits for its turn', 'espera a sua vez'],
  [jobOf({ waitingFor: 'worker', language: 'bash' }), 'no worker runs bash', 'nenhum worker executa bash'],
  [jobOf({ status: 'RUNNING', waitingFor: null, attempts: 1 }), null, null],
  [jobOf({ status: 'RUNNING', waitingFor: null, attempts: 2 }), 'attempt 2', 'tentativa 2'],
  [ended({ status: 'DONE', reason: 'exit', exitCode: 0 }), null, null],
  [ended({ reason: 'exit', exitCode: 3 }), 'exit 3', 'código de saída 3'],
  [ended({ reason: 'exit', exitCode: 137 }), 'signal 9, exit 137', 'sinal 9, código de saída 137'],
  [ended({ reason: 'timeout' }), 'timed out at 10.0 s', 'tempo esgotado em 10,0 s'],
  [ended({ reason: 'oom' }), 'out of memory at 256 MiB', 'sem memória em 256 MiB'],
  [ended({ reason: 'disk' }), 'disk full at 16 MiB', 'disco cheio em 16 MiB'],
  [ended({ reason: 'output' }), 'output above 1 MiB', 'escreveu mais de 1 MiB'],
  [ended({ reason: 'cancelled' }), 'cancelled by ada', 'cancelada por ada'],
  [ended({ reason: 'cancelled', detail: 'cancelled by root' }), 'cancelled by root', 'cancelada por root'],
  [ended({ reason: 'cancelled', detail: 'it was so' }), 'cancelled: it was so', 'cancelada: it was so'],
  [
    ended({ reason: 'lost', detail: JOB_DETAILS.workerLost }),
    'lost: its worker was lost',
    'perdida: o worker se perdeu',
  ],
  [
    ended({ reason: 'cancelled', detail: JOB_DETAILS.accountDeleted }),
    'cancelled: the account of its user was deleted',
    'cancelada: a conta do usuário foi excluída',
  ],
  [ended({ reason: 'lost', detail: 'the worker is gone' }), 'lost: the worker is gone', 'perdida: the worker is gone'],
  [
    ended({ reason: 'lost', startedAt: null, detail: 'no bash' }),
    'did not start: no bash',
    'não foi iniciada: no bash',
  ],
])('%j: %s', (job, english, portuguese) => {
  expect([reasonOf(job, jobWords.en, formatFor('en')), reasonOf(job, jobWords['pt-BR'], formatFor('pt-BR'))]).toEqual([
    english,
    portuguese,
  ]);
});
