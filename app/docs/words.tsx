import { words } from '../language/words.ts';

export const docsWords = words({
  en: {
    about: (
      <>
        In the examples <code translate="no">$VIGIA</code> is the address of this page, and{' '}
        <code translate="no">$TOKEN</code> an API token. Times are milliseconds since the epoch. Refusals are problem
        details (RFC 9457) that name every field at fault; each answer has an <code translate="no">X-Request-Id</code>{' '}
        to look for in the log.
      </>
    ),
    models: 'Models',
    parameter: 'Parameter',
    body: 'Body',
    field: 'Field',
    type: 'Type',
    meaning: 'Meaning',
    tableOf: (label: string, name: string) => `${label} of ${name}`,
  },
  'pt-BR': {
    about: (
      <>
        Nos exemplos, <code translate="no">$VIGIA</code> é o endereço desta página e <code translate="no">$TOKEN</code>,
        um token da API. Os horários são milissegundos desde a época Unix. As recusas são problem details (RFC 9457) que
        citam cada campo com erro; cada resposta traz um <code translate="no">X-Request-Id</code> para procurar no log.
        A referência abaixo está em inglês.
      </>
    ),
    models: 'Modelos',
    parameter: 'Parâmetro',
    body: 'Corpo',
    field: 'Campo',
    type: 'Tipo',
    meaning: 'Significado',
    tableOf: (label, name) => `${label} de ${name}`,
  },
});
