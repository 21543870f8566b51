import type { AuditAction } from '#lib/schemas/audit';
import { words } from '../../language/words.ts';

type Say = {
  audit: string;
  about: string;
  pages: string;
  newest: string;
  older: string;
  all: string;
  none: string;
  /** The change that somebody came to see. */
  gone: string;
  changes: string;
  columns: { when: string; who: string; action: string; target: string; change: string; from: string };
  nobody: string;
  /** Whoever did it was not signed in, but had a shell. */
  machine: string;
  by: string;
  anybody: string;
  anyAction: string;
  filter: string;
  clear: string;
  /** What was done. */
  actions: Readonly<Record<AuditAction, string>>;
  /** What has changed, by its name in the API; another name is shown as it is. */
  members: Readonly<Record<string, string>>;
};

export const auditWords = words<Say>({
  en: {
    audit: 'Audit',
    about: 'The newest first. Some 10,000 entries are kept.',
    pages: 'Pages',
    newest: 'Newest',
    older: 'Older',
    all: 'That is all.',
    none: 'Nothing like this has been done.',
    gone: 'This change is not kept any more.',
    changes: 'Changes',
    columns: { when: 'When', who: 'Who', action: 'Action', target: 'Target', change: 'Change', from: 'From' },
    nobody: 'nobody',
    machine: 'on the machine',
    by: 'By',
    anybody: 'anybody',
    anyAction: 'any',
    filter: 'Filter',
    clear: 'Clear',
    actions: {
      'session.start': 'signed in',
      'session.refused': 'sign-in refused',
      'session.end': 'ended a session',
      'password.change': 'changed the password',
      'password.reset': 'reset the password',
      'token.create': 'created a token',
      'token.revoke': 'revoked a token',
      'user.create': 'created a user',
      'user.update': 'changed a user',
      'user.delete': 'deleted a user',
      'function.create': 'created a function',
      'function.delete': 'deleted a function',
      'function.settings': 'changed settings',
      'function.enable': 'enabled a function',
      'function.disable': 'disabled a function',
      'function.deploy': 'deployed code',
      'function.roll-back': 'rolled back code',
      'job.cancel': 'cancelled a job',
      'job.refuse': 'job refused',
    },
    members: {
      disabled: 'disabled',
      enabled: 'enabled',
      ended: 'ended',
      expiresAt: 'expires',
      freshEnv: 'empty env',
      handler: 'handler',
      inputKey: 'input key',
      invoke: 'invoke',
      isolation: 'isolation',
      message: 'message',
      name: 'name',
      outputKey: 'output key',
      periodMs: 'period',
      role: 'role',
      timeoutMs: 'timeout',
      tokens: 'tokens',
      uid: 'uid',
      version: 'version',
    },
  },
  'pt-BR': {
    audit: 'Auditoria',
    about: 'As mais recentes primeiro. São guardadas cerca de 10.000 entradas.',
    pages: 'Páginas',
    newest: 'Mais recentes',
    older: 'Mais antigas',
    all: 'Isso é tudo.',
    none: 'Nada assim foi feito.',
    gone: 'Esta alteração não é mais guardada.',
    changes: 'Alterações',
    columns: { when: 'Quando', who: 'Quem', action: 'Ação', target: 'Alvo', change: 'Alteração', from: 'De onde' },
    nobody: 'ninguém',
    machine: 'na máquina',
    by: 'Por',
    anybody: 'qualquer pessoa',
    anyAction: 'qualquer uma',
    filter: 'Filtrar',
    clear: 'Limpar',
    actions: {
      'session.start': 'entrou',
      'session.refused': 'entrada recusada',
      'session.end': 'encerrou uma sessão',
      'password.change': 'alterou a senha',
      'password.reset': 'redefiniu a senha',
      'token.create': 'criou um token',
      'token.revoke': 'revogou um token',
      'user.create': 'criou um usuário',
      'user.update': 'alterou um usuário',
      'user.delete': 'excluiu um usuário',
      'function.create': 'criou uma função',
      'function.delete': 'excluiu uma função',
      'function.settings': 'alterou ajustes',
      'function.enable': 'ativou uma função',
      'function.disable': 'desativou uma função',
      'function.deploy': 'publicou código',
      'function.roll-back': 'voltou a uma versão',
      'job.cancel': 'cancelou uma tarefa',
      'job.refuse': 'tarefa recusada',
    },
    members: {
      disabled: 'desativado',
      enabled: 'ativada',
      ended: 'encerradas',
      expiresAt: 'expira',
      freshEnv: 'env vazio',
      handler: 'handler',
      inputKey: 'chave de entrada',
      invoke: 'chamada',
      isolation: 'isolamento',
      message: 'mensagem',
      name: 'nome',
      outputKey: 'chave de saída',
      periodMs: 'período',
      role: 'papel',
      timeoutMs: 'tempo limite',
      tokens: 'tokens',
      uid: 'uid',
      version: 'versão',
    },
  },
});
