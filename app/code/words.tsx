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
