import { words } from '../language/words.ts';
import type { Theme } from './theme.ts';

/** What the header and the smallest parts say. */
export const uiWords = words({
  en: {
    copied: 'Copied',
    copy: { command: 'Copy command', password: 'Copy password', token: 'Copy token' },
    signOut: 'Sign out',
    theme: (theme: Theme) => `Theme: ${theme}`,
    deployment: 'deployment',
    declaredOn: (host: string) => `declared on ${host}`,
    awayTitle: 'Redis unreachable, showing last data.',
    away: 'Nothing can be changed until it answers. Functions keep their state and go on then; live pages show what they had. This page tries again every 2 s.',
    noScriptTitle: 'JavaScript is off.',
    noScript: 'This page can be read; changing something needs it.',
  },
  'pt-BR': {
    copied: 'Copiado',
    copy: { command: 'Copiar comando', password: 'Copiar senha', token: 'Copiar token' },
    signOut: 'Sair',
    theme: (theme) => `Tema: ${{ system: 'do sistema', light: 'claro', dark: 'escuro' }[theme]}`,
    deployment: 'implantação',
    declaredOn: (host) => `declarada em ${host}`,
    awayTitle: 'Redis inacessível; mostrando os últimos dados.',
    away: 'Nada pode ser alterado até ele responder. As funções guardam o estado e continuam depois; as páginas ao vivo mostram o que tinham. Esta página tenta de novo a cada 2 s.',
    noScriptTitle: 'O JavaScript está desligado.',
    noScript: 'Esta página pode ser lida; para alterar algo é preciso ligá-lo.',
  },
});
