import { words } from './language/words.ts';

/** What is said when a page fails. */
export const failedWords = words({
  en: {
    failed: 'This page failed',
    goesOn: 'Functions go on running; only the page is missing. It is tried again every few seconds.',
    logHas: 'The log has more under',
    again: 'Load it again',
  },
  'pt-BR': {
    failed: 'Esta página falhou',
    goesOn: 'As funções continuam em execução; só a página falta. Ela tenta de novo a cada poucos segundos.',
    logHas: 'O log tem mais detalhes em',
    again: 'Carregar de novo',
  },
});
