import { words } from '../../language/words.ts';

export const newJobWords = words({
  en: {
    title: 'New job',
    sandboxed: (limit: string) => `Sandboxed, ${limit} limit, no network`,
    withNetwork: (limit: string) => `Sandboxed, ${limit} limit, with network`,
    from: (id: string) => `from job ${id}`,
    language: 'Language',
    code: 'Code',
    input: 'Input, read from stdin',
    retryable: 'Start again if its worker is lost',
    retryableHint: 'Only for a script that may run twice.',
    chooseFile: 'Choose file',
    discard: 'Discard',
    run: 'Run job',
    runHint: 'Ctrl-Enter in the editor',
    editorHint: 'Control and Enter run it. Tab indents; to leave the editor press Escape, then Tab.',
    noWorker: 'No worker is there now: a job waits until there is one.',
    noWorkerFor: (language: string, others: string) =>
      `No worker runs ${language} now. Choose ${others}, or start a worker that has ${language}.`,
    nothingConfines:
      'Jobs are refused here: nothing on the workers can confine them. An operator finds what is missing in their log.',
    noCode: 'Write a script, or choose a file.',
    tooLong: (size: string) => `Must be at most ${size}.`,
    noText: 'This file is not a text in UTF-8.',
    tooManyWaiting: (most: string) =>
      `The limit of your waiting jobs is reached (${most}). Wait until some have started, or cancel some.`,
    tooMuchWaiting: (most: string) =>
      `Code and input of your waiting jobs may be ${most} together. Wait until some have started, or cancel some.`,
  },
  'pt-BR': {
    title: 'Nova tarefa',
    sandboxed: (limit) => `Em sandbox, limite de ${limit}, sem rede`,
    withNetwork: (limit) => `Em sandbox, limite de ${limit}, com rede`,
    from: (id) => `da tarefa ${id}`,
    language: 'Linguagem',
    code: 'Código',
    input: 'Entrada, lida de stdin',
    retryable: 'Começar de novo se o worker se perder',
    retryableHint: 'Só para um script que pode rodar duas vezes.',
    chooseFile: 'Escolher arquivo',
    discard: 'Descartar',
    run: 'Executar tarefa',
    runHint: 'Ctrl-Enter no editor',
    editorHint: 'Control e Enter executam. Tab indenta; para sair do editor, Escape e depois Tab.',
    noWorker: 'Não há worker agora: a tarefa espera até que haja um.',
    noWorkerFor: (language, others) =>
      `Nenhum worker executa ${language} agora. Escolha ${others} ou inicie um worker que tenha ${language}.`,
    nothingConfines:
      'Tarefas são recusadas aqui: nada nos workers pode confiná-las. O log deles diz ao operador o que falta.',
    noCode: 'Escreva um script ou escolha um arquivo.',
    tooLong: (size) => `Deve ter no máximo ${size}.`,
    noText: 'Este arquivo não é um texto em UTF-8.',
    tooManyWaiting: (most) =>
      `O limite das suas tarefas em espera foi atingido (${most}). Espere até que algumas comecem ou cancele algumas.`,
    tooMuchWaiting: (most) =>
      `Código e entrada das suas tarefas em espera podem ter ${most} juntos. Espere até que algumas comecem ou cancele algumas.`,
  },
});
