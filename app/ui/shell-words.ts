import { words } from '../language/words.ts';

/** What only the server writes around every page. */
export const shellWords = words({
  en: {
    skip: 'Skip to the content',
    main: 'Main',
    admin: 'Admin',
    jobs: 'Jobs',
    yourAccount: (name: string) => `${name}, your account`,
    uid: (uid: number) => `uid ${uid}`,
    functionPages: 'Function',
    live: 'Live',
    andCode: ' and code',
    description: 'Functions over live metrics.',
    notFound: 'Not found',
    nothingHere: 'Nothing here',
    noSuchPage: 'No function or page has this address. It may have been renamed or removed.',
    showFunctions: 'Show functions',
  },
  'pt-BR': {
    skip: 'Ir para o conteúdo',
    main: 'Principal',
    admin: 'Admin',
    jobs: 'Tarefas',
    yourAccount: (name) => `${name}, sua conta`,
    uid: (uid) => `uid ${uid}`,
    functionPages: 'Função',
    live: 'Ao vivo',
    andCode: ' e código',
    description: 'Funções sobre métricas ao vivo.',
    notFound: 'Não encontrada',
    nothingHere: 'Não há nada aqui',
    noSuchPage: 'Nenhuma função ou página tem este endereço. Ela pode ter sido renomeada ou removida.',
    showFunctions: 'Ver as funções',
  },
});
