import type { ReactNode } from 'react';
import { counting } from '../language/counting.ts';
import { settingNames } from '../language/setting-names.ts';
import { words } from '../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

export const settingsWords = words({
  en: {
    titles: settingNames.en,
    options: { tick: 'every tick', change: 'on change', own: 'own process', shared: 'shared process' },
    rule: 'Override wins over deployment, deployment over default. Revert removes the override.',
    setting: 'Setting',
    inForce: 'In force',
    default: 'Default',
    deployment: 'Deployment',
    override: 'Override',
    overrideIt: 'Override',
    changed: 'Changed',
    actions: 'Actions',
    change: 'Change',
    changeOf: (title: string) => `Change ${title}`,
    revert: 'Revert',
    save: 'Save',
    inSeconds: (title: string) => `${title} in seconds`,
    now: (value: string) => `Now ${value}`,
    setBy: ', set by ',
    reverted: (title: string) => `${title} is reverted.`,
    saved: (title: string, value: string) => `${title} is saved: ${value}.`,
    enabled: 'Enabled',
    off: 'off: ',
    conflict: (title: string) => `${title} has been changed meanwhile. Which one is to hold?`,
    yours: 'Yours',
    theirs: 'Theirs',
    withoutOverride: 'without an override',
    keepMine: 'Keep mine',
    takeTheirs: 'Take theirs',
    delete: 'Delete',
    deleteOf: (name: string) => `Delete ${name}`,
    deleteQuestion: (name: string) => `Delete ${name}?`,
    whatGoes: (versions: number, key: ReactNode) => (
      <>
        Its settings, {en(versions, 'version', 'versions')} of code, state and history go with it, and cannot be brought
        back. The newest value of its output key {key} stays.
      </>
    ),
  },
  'pt-BR': {
    titles: settingNames['pt-BR'],
    options: {
      tick: 'a cada período',
      change: 'quando muda',
      own: 'processo próprio',
      shared: 'processo compartilhado',
    },
    rule: 'A substituição prevalece sobre a implantação, e a implantação sobre o padrão. Desfazer remove a substituição.',
    setting: 'Ajuste',
    inForce: 'Em vigor',
    default: 'Padrão',
    deployment: 'Implantação',
    override: 'Substituição',
    overrideIt: 'Substituir',
    changed: 'Alterado',
    actions: 'Ações',
    change: 'Alterar',
    changeOf: (title) => `Alterar: ${title}`,
    revert: 'Desfazer',
    save: 'Salvar',
    inSeconds: (title) => `${title} em segundos`,
    now: (value) => `Agora: ${value}`,
    setBy: ', definido por ',
    reverted: (title) => `${title}: desfeito.`,
    saved: (title, value) => `${title}: salvo, ${value}.`,
    enabled: 'Ativada',
    off: 'desativada: ',
    conflict: (title) => `${title}: alguém alterou isto enquanto você editava. Qual deve valer?`,
    yours: 'O seu',
    theirs: 'O outro',
    withoutOverride: 'sem substituição',
    keepMine: 'Manter o meu',
    takeTheirs: 'Ficar com o outro',
    delete: 'Excluir',
    deleteOf: (name) => `Excluir ${name}`,
    deleteQuestion: (name) => `Excluir ${name}?`,
    whatGoes: (versions, key) => (
      <>
        Os ajustes, {pt(versions, 'versão', 'versões')} do código, o estado e o histórico vão junto e não podem ser
        recuperados. O último valor da chave de saída {key} fica.
      </>
    ),
  },
});

/** What becomes of a setting that was saved. */
export const outcomeWords = words({
  en: {
    waits: {
      enabled: 'applies when it is enabled',
      runtime: 'applies when its runtime is back',
      load: 'applies when the code has loaded anew',
      tick: 'applies from the next tick',
    },
    failed: (title: string, why: string) => `${title} is not applied, the code does not load with it: ${why}`,
    applied: (title: string) => `${title} is applied.`,
    doesNotLoad: (message: ReactNode, runsOn: boolean) => (
      <>
        does not load: {message}; {runsOn ? 'it runs on as before the change' : 'nothing runs'}
      </>
    ),
    inForce: 'in force',
    inForceSince: (time: ReactNode) => <>in force since {time}</>,
    appliedAt: (time: ReactNode) => <>applied at tick {time}</>,
  },
  'pt-BR': {
    waits: {
      enabled: 'vale quando a função for ativada',
      runtime: 'vale quando o runtime voltar',
      load: 'vale quando o código tiver sido carregado de novo',
      tick: 'vale a partir da próxima execução',
    },
    failed: (title, why) => `${title}: não vale, o código não carrega assim: ${why}`,
    applied: (title) => `${title}: em vigor.`,
    doesNotLoad: (message, runsOn) => (
      <>
        não carrega: {message}; {runsOn ? 'a função continua como antes da mudança' : 'nada é executado'}
      </>
    ),
    inForce: 'em vigor',
    inForceSince: (time) => <>em vigor desde {time}</>,
    appliedAt: (time) => <>vale desde a execução de {time}</>,
  },
});
