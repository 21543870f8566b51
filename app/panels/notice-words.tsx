import type { ReactNode } from 'react';
import type { WriteRefusal } from '#lib/schemas/live';
import { words } from '../language/words.ts';

const CODE = (text: string) => <code translate="no">{text}</code>;

/** The lines under the header of a live page. */
export const noticeWords = words({
  en: {
    badInput: 'The input cannot be used.',
    keyIs: (key: ReactNode, problem: ReactNode) => (
      <>
        Key {key}: {problem}
      </>
    ),
    disabled: 'This function is disabled.',
    notCalled: 'It is not called until somebody enables it again.',
    declaredNotHad: 'The declared code cannot be had.',
    doesNotLoad: (version: number) => `Version ${version} does not load.`,
    untilThen: (message: ReactNode, runs: ReactNode) => (
      <>
        {message} Until it does, {runs} runs.
      </>
    ),
    nothingRuns: 'Nothing runs this function.',
    startRuntime: <>Its last data is shown. Start its runtime with {CODE('npm start')}.</>,
    unchanged: (key: ReactNode, span: string | null) => (
      <>
        Key {key} has not changed{span === null ? '' : ` for ${span}`}.
      </>
    ),
    collectorRuns: 'A collector runs; new data is shown as soon as it comes.',
    noCollector: <>No collector writes it. Start one with {CODE('COLLECT=on npm start')}, or write the key yourself.</>,
    lostSince: (time: ReactNode) => <>Connection lost since {time}, showing last data.</>,
    missesNothing: 'This page tries again by itself, and misses nothing.',
    redisSince: (time: ReactNode) => <>Redis unreachable since {time}, showing last data.</>,
    triesAgain: 'Vigia tries again by itself.',
    refused: {
      memory: 'The memory of Redis is full.',
      disk: 'Redis cannot write to its disk.',
      replica: 'Redis is a replica and can only be read.',
      replicas: 'Too few replicas follow Redis.',
    } satisfies Record<WriteRefusal, string>,
    untilWritten: 'Nothing new is stored until that is mended; then Vigia goes on by itself.',
  },
  'pt-BR': {
    badInput: 'A entrada não pode ser usada.',
    keyIs: (key, problem) => (
      <>
        Chave {key}: {problem}
      </>
    ),
    disabled: 'Esta função está desativada.',
    notCalled: 'Ela não é chamada até que alguém a ative de novo.',
    declaredNotHad: 'O código declarado não pode ser obtido.',
    doesNotLoad: (version) => `A versão ${version} não carrega.`,
    untilThen: (message, runs) => (
      <>
        {message} Até lá, {runs} é executada.
      </>
    ),
    nothingRuns: 'Nada executa esta função.',
    startRuntime: <>São mostrados os últimos dados. Inicie o runtime com {CODE('npm start')}.</>,
    unchanged: (key, span) => (
      <>
        A chave {key} não muda{span === null ? '' : ` há ${span}`}.
      </>
    ),
    collectorRuns: 'Há um coletor; dados novos aparecem assim que chegarem.',
    noCollector: <>Nenhum coletor a escreve. Inicie um com {CODE('COLLECT=on npm start')} ou escreva a chave.</>,
    lostSince: (time) => <>Conexão perdida desde {time}; mostrando os últimos dados.</>,
    missesNothing: 'Esta página tenta de novo sozinha e não perde nada.',
    redisSince: (time) => <>Redis inacessível desde {time}; mostrando os últimos dados.</>,
    triesAgain: 'Vigia tenta de novo sozinho.',
    refused: {
      memory: 'A memória do Redis está cheia.',
      disk: 'O Redis não consegue gravar no disco.',
      replica: 'O Redis é uma réplica e só pode ser lido.',
      replicas: 'O Redis tem réplicas de menos.',
    },
    untilWritten: 'Nada de novo é guardado até que isso se resolva; depois, Vigia continua sozinho.',
  },
});
