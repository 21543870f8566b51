import type { ReactNode } from 'react';
import { words } from '../language/words.ts';

export const versionsWords = words({
  en: {
    versions: 'Versions',
    uploadArchive: 'Upload archive',
    compare: 'Compare',
    draft: 'Draft',
    inTheEditor: 'in the editor, not deployed',
    noCode: 'No code has been deployed.',
    chose: (who: ReactNode, number: number | null, declared: number | null) => (
      <>
        {who} chose v{number}; the deployment has {declared === null ? 'the built-in function' : `v${declared}`}.
      </>
    ),
    declared: ', declared',
    neverLive: 'never went live',
    notLast: 'did not load last',
    notKept: ', code not kept',
    live: 'live',
    loading: 'loading…',
    archive: (size: string) => `archive, ${size}`,
    builtIn: 'built in',
    rollBack: 'Roll back',
    rollBackTo: (number: number) => `Roll back to v${number}`,
    rollBackQuestion: (name: string, number: number) => `Roll ${name} back to v${number}?`,
    revert: "Revert to the deployment's code",
    revertQuestion: (name: string) => `Revert ${name} to the deployment's code?`,
    whatHappens: (env: ReactNode) => (
      <>It is loaded in a new process first; what runs now goes on until it has. Its {env} is kept.</>
    ),
  },
  'pt-BR': {
    versions: 'Versões',
    uploadArchive: 'Enviar pacote',
    compare: 'Comparar',
    draft: 'Rascunho',
    inTheEditor: 'no editor, não publicado',
    noCode: 'Nenhum código foi publicado.',
    chose: (who, number, declared) => (
      <>
        {who} escolheu a v{number}; a implantação tem {declared === null ? 'a função embutida' : `a v${declared}`}.
      </>
    ),
    declared: ', declarada',
    neverLive: 'nunca esteve ao vivo',
    notLast: 'não carregou na última vez',
    notKept: ', código não guardado',
    live: 'ao vivo',
    loading: 'carregando…',
    archive: (size) => `pacote, ${size}`,
    builtIn: 'embutida',
    rollBack: 'Voltar a esta versão',
    rollBackTo: (number) => `Voltar à v${number}`,
    rollBackQuestion: (name, number) => `Voltar ${name} à v${number}?`,
    revert: 'Voltar ao código da implantação',
    revertQuestion: (name) => `Voltar ${name} ao código da implantação?`,
    whatHappens: (env) => (
      <>A versão é carregada primeiro em um novo processo; até lá continua a que está em execução. O {env} é mantido.</>
    ),
  },
});

/** What the dialog for an archive says. */
export const uploadWords = words({
  en: {
    title: 'Upload an archive',
    address: 'Or its address, which the server fetches',
    whatChanged: 'What has changed',
    module: 'Module with the handler',
    moduleHint: 'Only where there are several that could be meant.',
    emptyEnv: 'Start with an empty env',
    deploy: 'Deploy the archive',
    drop: 'Drop a zip archive here',
    remove: 'Remove',
    choose: 'Choose a file',
  },
  'pt-BR': {
    title: 'Enviar um pacote',
    address: 'Ou o endereço dele, que o servidor busca',
    whatChanged: 'O que mudou',
    module: 'Módulo com o handler',
    moduleHint: 'Só quando há vários possíveis.',
    emptyEnv: 'Começar com env vazio',
    deploy: 'Publicar o pacote',
    drop: 'Solte um pacote zip aqui',
    remove: 'Remover',
    choose: 'Escolher um arquivo',
  },
});

/** What the comparison of two versions says. */
export const differenceWords = words({
  en: {
    difference: 'Difference',
    draft: 'draft',
    layout: 'Layout of the difference',
    unified: 'Unified',
    split: 'Side by side',
    edit: (number: number) => `Edit v${number}`,
    noAnswer: 'The server does not answer with both of them. Try again.',
    onlyFiles: 'Only single files can be compared: one of these is an archive, or its code is not kept any more.',
    reading: 'Reading both…',
    none: 'no difference',
    fromTo: (before: string, after: string) => `${before} to ${after}`,
  },
  'pt-BR': {
    difference: 'Diferença',
    draft: 'rascunho',
    layout: 'Disposição da diferença',
    unified: 'Unificada',
    split: 'Lado a lado',
    edit: (number) => `Editar a v${number}`,
    noAnswer: 'O servidor não respondeu com as duas. Tente de novo.',
    onlyFiles: 'Só arquivos únicos podem ser comparados: uma destas é um pacote, ou o código dela não foi guardado.',
    reading: 'Lendo as duas…',
    none: 'nenhuma diferença',
    fromTo: (before, after) => `${before} para ${after}`,
  },
});
