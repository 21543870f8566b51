import type { ReactNode } from 'react';
import { counting } from '../language/counting.ts';
import { words } from '../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

/** What a live page says of how its function and its data are. */
export const panelStateWords = words({
  en: {
    ticks: (count: number) => en(count, 'tick', 'ticks'),
    retryIn: (span: string) => `retry in ${span}`,
    lastResult: 'last result',
    inputFrom: 'input from',
    pause: 'Pause',
    paused: 'Paused',
    resume: 'Resume',
    resultsWait: (count: number) => (count === 1 ? '1 result waits' : `${en(count, 'result', 'results')} wait`),
    failure: 'Failure',
    failures: {
      init: 'The code does not load',
      invocation: 'The function fails',
      'bad-result': 'The result cannot be stored',
      'bad-input': 'The input cannot be used',
      timeout: 'The function takes too long',
      exit: "The function's process ended",
    },
    inARow: (count: number) => `${en(count, 'tick', 'ticks')} in a row`,
    forSpan: (span: string) => `for ${span}`,
    showTraceback: 'Show traceback',
    inputSample: 'Input sample',
    keyAsWritten: (key: ReactNode) => <>key {key}, as it was written</>,
    noText: 'The key holds no text that can be shown.',
    key: 'Key',
    value: 'Value',
  },
  'pt-BR': {
    ticks: (count) => pt(count, 'execução', 'execuções'),
    retryIn: (span) => `nova tentativa em ${span}`,
    lastResult: 'último resultado',
    inputFrom: 'entrada de',
    pause: 'Pausar',
    paused: 'Pausado',
    resume: 'Retomar',
    resultsWait: (count) => (count === 1 ? '1 resultado espera' : `${pt(count, 'resultado', 'resultados')} esperam`),
    failure: 'Falha',
    failures: {
      init: 'O código não carrega',
      invocation: 'A função falha',
      'bad-result': 'O resultado não pode ser guardado',
      'bad-input': 'A entrada não pode ser usada',
      timeout: 'A função demora demais',
      exit: 'O processo da função terminou',
    },
    inARow: (count) => pt(count, 'execução seguida', 'execuções seguidas'),
    forSpan: (span) => `há ${span}`,
    showTraceback: 'Mostrar o traceback',
    inputSample: 'Amostra da entrada',
    keyAsWritten: (key) => <>chave {key}, como foi escrita</>,
    noText: 'A chave não tem texto que possa ser mostrado.',
    key: 'Chave',
    value: 'Valor',
  },
});
