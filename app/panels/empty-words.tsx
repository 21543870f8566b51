import type { ReactNode } from 'react';
import { words } from '../language/words.ts';

/** What a page says that has nothing to show yet, written by the server alone. */
export const emptyWords = words({
  en: {
    noData: 'No data yet',
    notCalled: 'This function has not been called yet, and is not while it is disabled.',
    onItsWay: (key: ReactNode) => <>A collector writes the key {key}; the first result is on its way.</>,
    nothingCame: (key: ReactNode) => (
      <>Nothing has come from the key {key}. Start the collector, or write one sample yourself:</>
    ),
    returnsNothing: (key: ReactNode) => (
      <>
        This function is called on {key}, and has returned nothing so far: <code>None</code> or <code>null</code> is not
        stored.
      </>
    ),
    updates: 'This page updates by itself as soon as the first result arrives.',
    nothingShown: 'Nothing can be shown until it answers. This page tries again every 2 s.',
  },
  'pt-BR': {
    noData: 'Ainda sem dados',
    notCalled: 'Esta função ainda não foi chamada, e não é enquanto estiver desativada.',
    onItsWay: (key) => <>Um coletor escreve a chave {key}; o primeiro resultado está a caminho.</>,
    nothingCame: (key) => <>Nada veio da chave {key}. Inicie o coletor ou escreva você mesmo uma amostra:</>,
    returnsNothing: (key) => (
      <>
        Esta função é chamada sobre {key} e até agora não devolveu nada: <code>None</code> ou <code>null</code> não se
        guarda.
      </>
    ),
    updates: 'Esta página se atualiza sozinha assim que chegar o primeiro resultado.',
    nothingShown: 'Nada pode ser mostrado até ele responder. Esta página tenta de novo a cada 2 s.',
  },
});
