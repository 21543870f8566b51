import { words } from '../language/words.ts';

export const printWords = words({
  en: { printed: (time: string) => `printed ${time}` },
  'pt-BR': { printed: (time) => `impresso em ${time}` },
});
