import { words } from '../language/words.ts';

export const kioskWords = words({
  en: { wall: 'Wall mode', leave: 'Leave wall mode (Esc)' },
  'pt-BR': { wall: 'Modo telão', leave: 'Sair do modo telão (Esc)' },
});
