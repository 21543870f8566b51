import type { ReactNode } from 'react';
import { counting } from '../language/counting.ts';
import { words } from '../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

/** What trying code has shown. */
export const tryWords = words({
  en: {
    try: 'Try',
    tabs: 'What the try has shown',
    against: 'Against live',
    result: 'Result',
    log: (lines: string) => `Log ${lines}`,
    input: 'Input',
    running: 'It is loaded in a process of its own, and called once.',
    idle: 'Try on live input runs the draft once, with a copy of env. Nothing is written.',
    how: (env: ReactNode) => <>Runs once in a separate process with a copy of {env}. Nothing is written.</>,
    leftBehind: (file: ReactNode) => (
      <>
        A draft is one file, when it is tried and when it is deployed: what lies beside {file} cannot be imported. To
        change both, upload an archive.
      </>
    ),
    nothingReturned: 'It returned nothing, so nothing would be written.',
    notSaved: (env: ReactNode, what: ReactNode) => (
      <>
        Not saved with {env}: {what}
      </>
    ),
    trying: 'trying…',
    notTried: 'not tried',
    failed: 'failed',
    returned: 'returned',
    outcomeIn: (word: string, duration: string) => `${word} in ${duration}`,
    tries: (count: number) => en(count, 'try', 'tries'),
    ownInput: 'own input',
    liveInput: 'live input',
    inputOf: (time: ReactNode) => <>input {time}</>,
    inputOfNext: 'Input of the next try',
    live: 'Live input',
    own: 'Own text',
    json: 'JSON that the handler is called with',
    readsThen: 'The next try reads the input key at that moment.',
    printedNothing: 'It printed nothing.',
    leftOut: (lines: number) => `${en(lines, 'earlier line', 'earlier lines')} left out`,
    nothingToCompare: 'It returned nothing to compare.',
    noNumber: 'There is no number in the result.',
    series: 'Series',
    liveVersion: (number: number | null) => (number === null ? 'Live' : `Live v${number}`),
    draft: 'Draft',
    change: 'Change',
    new: 'new',
    gone: 'gone',
    line: (line: number) => `line ${line}`,
    failures: {
      init: 'It does not load',
      invocation: 'It failed',
      'bad-result': 'Its result cannot be stored',
      'bad-input': 'The input cannot be used',
      timeout: 'It took too long',
      exit: 'Its process ended',
    },
  },
  'pt-BR': {
    try: 'Teste',
    tabs: 'O que o teste mostrou',
    against: 'Comparação',
    result: 'Resultado',
    log: (lines) => `Log ${lines}`,
    input: 'Entrada',
    running: 'O código é carregado em um processo próprio e chamado uma vez.',
    idle: 'Testar com a entrada atual executa o rascunho uma vez, com uma cópia de env. Nada é gravado.',
    how: (env) => <>Executa uma vez em um processo separado, com uma cópia de {env}. Nada é gravado.</>,
    leftBehind: (file) => (
      <>
        Um rascunho é um só arquivo, no teste e na publicação: o que está ao lado de {file} não pode ser importado. Para
        mudar os dois, envie um pacote.
      </>
    ),
    nothingReturned: 'Não retornou nada, então nada seria gravado.',
    notSaved: (env, what) => (
      <>
        Não salvo com {env}: {what}
      </>
    ),
    trying: 'testando…',
    notTried: 'não testado',
    failed: 'falhou',
    returned: 'retornou',
    outcomeIn: (word, duration) => `${word} em ${duration}`,
    tries: (count) => pt(count, 'teste', 'testes'),
    ownInput: 'entrada própria',
    liveInput: 'entrada atual',
    inputOf: (time) => <>entrada de {time}</>,
    inputOfNext: 'Entrada do próximo teste',
    live: 'Entrada atual',
    own: 'Texto próprio',
    json: 'JSON com que o handler é chamado',
    readsThen: 'O próximo teste lê a chave de entrada na hora.',
    printedNothing: 'Não imprimiu nada.',
    leftOut: (lines) => pt(lines, 'linha anterior omitida', 'linhas anteriores omitidas'),
    nothingToCompare: 'Não retornou nada para comparar.',
    noNumber: 'Não há nenhum número no resultado.',
    series: 'Série',
    liveVersion: (number) => (number === null ? 'Ao vivo' : `Ao vivo, v${number}`),
    draft: 'Rascunho',
    change: 'Diferença',
    new: 'nova',
    gone: 'sumiu',
    line: (line) => `linha ${line}`,
    failures: {
      init: 'O código não carrega',
      invocation: 'Falhou',
      'bad-result': 'O resultado não pode ser guardado',
      'bad-input': 'A entrada não pode ser usada',
      timeout: 'Demorou demais',
      exit: 'O processo terminou',
    },
  },
});
