import type { Status } from '#lib/schemas/overview';
import { words } from '../language/words.ts';

/** How a state is called. */
export const stateWords = words<Record<Status, string>>({
  en: {
    live: 'Live',
    stale: 'Stale',
    failing: 'Failing',
    crashing: 'Crashing',
    waiting: 'Waiting for data',
    starting: 'Starting',
    connecting: 'Connecting',
    disabled: 'Disabled',
  },
  'pt-BR': {
    live: 'Ao vivo',
    stale: 'Desatualizado',
    failing: 'Falhando',
    crashing: 'Caindo',
    waiting: 'Aguardando dados',
    starting: 'Iniciando',
    connecting: 'Conectando',
    disabled: 'Desativada',
  },
});
