import { words } from '../language/words.ts';

export const resultsWords = words({
  en: {
    title: 'Results',
    note: 'newest first',
    view: 'View of the results',
    views: { table: 'Table', json: 'JSON' },
    time: 'Time',
    duration: 'Duration',
    lag: 'Lag',
    version: 'Version',
    failure: 'Failure',
    inspect: (time: string) => `Inspect the tick at ${time}`,
    noneFailed: (range: string) => `No tick failed in ${range}`,
    failed: (count: number, text: string, range: string) =>
      `${text} ${count === 1 ? 'tick' : 'ticks'} failed in ${range}`,
    notLoaded: (count: number, text: string, range: string) =>
      `${text} ${count === 1 ? 'try' : 'tries'} to load the code failed in ${range}`,
    more: (count: string) => `Show ${count} more`,
    moreColumns: (count: number, text: string) => (count === 1 ? 'Show 1 more column' : `Show ${text} more columns`),
    fewerColumns: 'Show fewer columns',
    columnsLeftOut: (count: number, text: string) =>
      count === 1 ? '1 more column is left out.' : `${text} more columns are left out.`,
    olderLeftOut: 'Older results are left out.',
    unreadable: 'Older results could not be read.',
    mean: 'CPU mean',
    highest: 'CPU highest',
    memoryCaching: 'Memory caching',
    networkEgress: 'Network egress',
  },
  'pt-BR': {
    title: 'Resultados',
    note: 'mais novos primeiro',
    view: 'Como ver os resultados',
    views: { table: 'Tabela', json: 'JSON' },
    time: 'Hora',
    duration: 'Duração',
    lag: 'Atraso',
    version: 'Versão',
    failure: 'Falha',
    inspect: (time) => `Inspecionar a execução das ${time}`,
    noneFailed: (range) => `Nenhuma execução falhou em ${range}`,
    failed: (count, text, range) => `${text} ${count === 1 ? 'execução falhou' : 'execuções falharam'} em ${range}`,
    notLoaded: (count, text, range) =>
      `${text} ${count === 1 ? 'tentativa' : 'tentativas'} de carregar o código ${count === 1 ? 'falhou' : 'falharam'} em ${range}`,
    more: (count) => `Mostrar mais ${count}`,
    moreColumns: (count, text) => (count === 1 ? 'Mostrar mais 1 coluna' : `Mostrar mais ${text} colunas`),
    fewerColumns: 'Mostrar menos colunas',
    columnsLeftOut: (count, text) =>
      count === 1 ? 'Mais 1 coluna ficou de fora.' : `Mais ${text} colunas ficaram de fora.`,
    olderLeftOut: 'Os resultados mais antigos ficaram de fora.',
    unreadable: 'Os resultados mais antigos não puderam ser lidos.',
    mean: 'CPU média',
    highest: 'CPU maior',
    memoryCaching: 'Cache de memória',
    networkEgress: 'Saída de rede',
  },
});
