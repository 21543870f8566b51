import { words } from '../language/words.ts';

export const settingsPageWords = words({
  en: {
    title: (name: string) => `${name}: settings and code`,
    showAnother: (name: string) => `${name}, show another function`,
    deleted: (name: string) => `${name} has been deleted.`,
    lastState: 'What is shown here was its last state. A draft stays in this tab: copy it before you leave.',
  },
  'pt-BR': {
    title: (name) => `${name}: ajustes e código`,
    showAnother: (name) => `${name}, ver outra função`,
    deleted: (name) => `${name} foi excluída.`,
    lastState: 'O que se vê aqui era o último estado. Um rascunho fica nesta aba: copie-o antes de sair.',
  },
});
