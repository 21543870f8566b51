import { words } from '../language/words.ts';

/** What is said of one job, wherever it is shown. */
export const jobWords = words({
  en: {
    jobs: 'Jobs',
    job: (id: string) => `Job ${id}`,
    waits: {
      worker: (language: string) => `no worker runs ${language}`,
      quota: () => 'as many of its user’s jobs run as may',
      turn: () => 'waits for its turn',
    },
    attempt: (number: string) => `attempt ${number}`,
    exited: (code: string) => `exit ${code}`,
    signalled: (signal: string, code: string) => `signal ${signal}, exit ${code}`,
    timeout: (after: string) => `timed out at ${after}`,
    outOfMemory: (size: string) => `out of memory at ${size}`,
    diskFull: (size: string) => `disk full at ${size}`,
    tooMuchOutput: (size: string) => `output above ${size}`,
    cancelledBy: (name: string) => `cancelled by ${name}`,
    cancelledBecause: (why: string) => `cancelled: ${why}`,
    lost: (why: string) => `lost: ${why}`,
    notStarted: (why: string) => `did not start: ${why}`,
    unknown: 'nothing is known',
    link: { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting', 'signed-out': 'Signed out' },
    copy: 'Copy',
    copied: 'Copied',
    signIn: 'Sign in again',
  },
  'pt-BR': {
    jobs: 'Tarefas',
    job: (id) => `Tarefa ${id}`,
    waits: {
      worker: (language) => `nenhum worker executa ${language}`,
      quota: () => 'o usuário já tem o máximo de tarefas em execução',
      turn: () => 'espera a sua vez',
    },
    attempt: (number) => `tentativa ${number}`,
    exited: (code) => `saída ${code}`,
    signalled: (signal, code) => `sinal ${signal}, saída ${code}`,
    timeout: (after) => `tempo esgotado em ${after}`,
    outOfMemory: (size) => `sem memória em ${size}`,
    diskFull: (size) => `disco cheio em ${size}`,
    tooMuchOutput: (size) => `saída acima de ${size}`,
    cancelledBy: (name) => `cancelada por ${name}`,
    cancelledBecause: (why) => `cancelada: ${why}`,
    lost: (why) => `perdida: ${why}`,
    notStarted: (why) => `não foi iniciada: ${why}`,
    unknown: 'nada se sabe',
    link: { connecting: 'Conectando', live: 'Ao vivo', lost: 'Reconectando', 'signed-out': 'Sessão encerrada' },
    copy: 'Copiar',
    copied: 'Copiado',
    signIn: 'Entrar de novo',
  },
});

export type JobWords = (typeof jobWords)['en'];
