import type { ReactNode } from 'react';
import { counting } from '../language/counting.ts';
import { words } from '../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

export const codeWords = words({
  en: {
    code: 'Code',
    codeOf: (name: string) => `Code of ${name}`,
    keyboard: 'Control and Enter try it. Tab indents; to leave the editor press Escape, then Tab.',
    archive: (size: string) => `archive, ${size}`,
    writeInstead: 'Write a file instead',
    download: 'Download',
    filesOf: (number: number, files: number) =>
      `v${number} has ${en(files, 'file', 'files')}; to change it, upload another archive.`,
    discard: 'Discard',
    tryHint: 'Ctrl-Enter in the editor',
    tryOwn: 'Try on own input',
    tryLive: 'Try on live input',
    deployAs: (number: number) => `Deploy as v${number}`,
    whatChanged: 'What has changed',
    whatChangedHint: 'What has changed, for the list of versions',
    emptyEnv: 'Start with an empty env',
    emptyEnvHint: 'Instead of the state that the version before has gathered',
    language: 'Language',
    at: (line: number, column: number) => `Ln ${line}, Col ${column}`,
    draft: 'draft',
    draftOn: (number: number) => `draft on v${number}`,
    linesChanged: (count: number) => `, ${en(count, 'line', 'lines')} changed`,
    overtaken: (number: number) => `v${number} is live meanwhile`,
  },
  'pt-BR': {
    code: 'Código',
    codeOf: (name) => `Código de ${name}`,
    keyboard: 'Control e Enter testam. Tab recua; para sair do editor, pressione Escape e depois Tab.',
    archive: (size) => `pacote, ${size}`,
    writeInstead: 'Escrever um arquivo no lugar',
    download: 'Baixar',
    filesOf: (number, files) =>
      `A v${number} tem ${pt(files, 'arquivo', 'arquivos')}; para mudá-la, envie outro pacote.`,
    discard: 'Descartar',
    tryHint: 'Ctrl-Enter no editor',
    tryOwn: 'Testar com entrada própria',
    tryLive: 'Testar com a entrada atual',
    deployAs: (number) => `Publicar como v${number}`,
    whatChanged: 'O que mudou',
    whatChangedHint: 'O que mudou, para a lista de versões',
    emptyEnv: 'Começar com env vazio',
    emptyEnvHint: 'Em vez do estado que a versão anterior acumulou',
    language: 'Linguagem',
    at: (line, column) => `Lin ${line}, Col ${column}`,
    draft: 'rascunho',
    draftOn: (number) => `rascunho sobre a v${number}`,
    linesChanged: (count) => `, ${pt(count, 'linha alterada', 'linhas alteradas')}`,
    overtaken: (number) => `a v${number} está ao vivo agora`,
  },
});

/** What becomes of a deployment. */
export const deployWords = words({
  en: {
    loadsFirst: 'Loads in a new process first.',
    loadsFirstWhile: (live: number) => `Loads in a new process first; v${live} keeps running until it has.`,
    sending: 'sending…',
    loading: (number: number) => `v${number} is loading…`,
    keepsRunning: (live: number) => `v${live} keeps running.`,
    liveSince: (number: number, time: ReactNode) => (
      <>
        v{number} is live since {time}
      </>
    ),
    chosenMeanwhile: (who: ReactNode, number: number | null) => (
      <>
        {who ?? 'Somebody'} chose {number === null ? "the deployment's code" : `v${number}`} meanwhile. Deploy again to
        replace it.
      </>
    ),
    declaredNotHad: 'The declared code cannot be had',
    newSettings: (number: number) => `v${number} does not load with its new settings`,
    didNotLoad: (number: number) => `v${number} did not load`,
    runsOn: 'it runs on as before.',
  },
  'pt-BR': {
    loadsFirst: 'Primeiro é carregado em um novo processo.',
    loadsFirstWhile: (live) => `Primeiro é carregado em um novo processo; até lá a v${live} continua em execução.`,
    sending: 'enviando…',
    loading: (number) => `A v${number} está carregando…`,
    keepsRunning: (live) => `a v${live} continua em execução.`,
    liveSince: (number, time) => (
      <>
        A v{number} está ao vivo desde {time}
      </>
    ),
    chosenMeanwhile: (who, number) => (
      <>
        {who ?? 'Alguém'} escolheu {number === null ? 'o código da implantação' : `a v${number}`} enquanto isso.
        Publique de novo para substituir.
      </>
    ),
    declaredNotHad: 'O código declarado não pode ser obtido',
    newSettings: (number) => `A v${number} não carrega com os novos ajustes`,
    didNotLoad: (number) => `A v${number} não carregou`,
    runsOn: 'ela continua como antes.',
  },
});

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
