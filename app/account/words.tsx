import { counting } from '../language/counting.ts';
import { words } from '../language/words.ts';

const [en, pt] = [counting('en'), counting('pt-BR')];

/** What the server writes of an account. */
export const accountWords = words({
  en: {
    uid: (uid: number) => `uid ${uid}`,
    sessions: 'Sessions',
    whereSignedIn: 'Where you are signed in',
    aboutSessions: 'Browsers that are signed in. One ends after 7 days without use.',
    device: 'Device',
    address: 'Address',
    signedIn: 'Signed in',
    lastSeen: 'Last seen',
    action: 'Action',
    thisBrowser: 'This browser',
    browserOn: (browser: string, system: string) => `${browser} on ${system}`,
    unknownDevice: 'Unknown',
    tokens: 'API tokens',
    aboutTokens: (
      <>
        For scripts: <code translate="no">Authorization: Bearer …</code>. A token may do what you may.
      </>
    ),
    noTokens: 'No tokens. Create one to use the API from a script.',
    created: 'Created',
    expires: 'Expires',
    lastUsed: 'Last used',
    never: 'never',
    notYet: 'not yet',
  },
  'pt-BR': {
    uid: (uid) => `uid ${uid}`,
    sessions: 'Sessões',
    whereSignedIn: 'Onde você entrou',
    aboutSessions: 'Navegadores em que você entrou. Uma sessão termina após 7 dias sem uso.',
    device: 'Dispositivo',
    address: 'Endereço',
    signedIn: 'Entrou em',
    lastSeen: 'Visto em',
    action: 'Ação',
    thisBrowser: 'Este navegador',
    browserOn: (browser, system) => `${browser} no ${system}`,
    unknownDevice: 'Desconhecido',
    tokens: 'Tokens da API',
    aboutTokens: (
      <>
        Para scripts: <code translate="no">Authorization: Bearer …</code>. Um token pode fazer o que você pode.
      </>
    ),
    noTokens: 'Nenhum token. Crie um para usar a API em um script.',
    created: 'Criado',
    expires: 'Expira',
    lastUsed: 'Último uso',
    never: 'nunca',
    notYet: 'ainda não',
  },
});

/** What the forms of an account say. */
export const accountFormWords = words({
  en: {
    end: 'End',
    endOf: (device: string) => `End session of ${device}`,
    endQuestion: (device: string) => `End the session of ${device}?`,
    endSession: 'End session',
    whatEnds: 'That browser is signed out at once, and its live pages stop if they need an account.',
    endOthers: 'End all others',
    endOthersQuestion: (count: number) => `End ${en(count, 'other session', 'other sessions')}?`,
    endOtherSessions: 'End other sessions',
    whatOthersEnd: 'Every browser but this one is signed out at once.',
    revoke: 'Revoke',
    revokeOf: (name: string) => `Revoke ${name}`,
    revokeQuestion: (name: string) => `Revoke the token ${name}?`,
    revokeToken: 'Revoke token',
    whatIsRevoked: 'Whatever uses it is refused from the next request on. It cannot be brought back.',
    tokenExample: 'backup script',
    expires: 'Expires',
    inDays: (days: number) => (days === 365 ? 'in a year' : `in ${days} days`),
    never: 'never',
    createToken: 'Create token',
    copyNow: (
      <>
        <b>Copy the token now.</b> It is not shown again.
      </>
    ),
    password: 'Password',
    current: 'Current password',
    next: 'New password',
    revokeTokens: 'Revoke my API tokens too',
    changed: 'Changed. All other sessions have ended.',
    change: 'Change password',
    kept: 'kept',
    broken: 'broken',
  },
  'pt-BR': {
    end: 'Encerrar',
    endOf: (device) => `Encerrar a sessão de ${device}`,
    endQuestion: (device) => `Encerrar a sessão de ${device}?`,
    endSession: 'Encerrar a sessão',
    whatEnds: 'Esse navegador sai na hora, e as páginas ao vivo dele param se precisarem de uma conta.',
    endOthers: 'Encerrar todas as outras',
    endOthersQuestion: (count) => `Encerrar ${pt(count, 'outra sessão', 'outras sessões')}?`,
    endOtherSessions: 'Encerrar as outras',
    whatOthersEnd: 'Todos os navegadores, menos este, saem na hora.',
    revoke: 'Revogar',
    revokeOf: (name) => `Revogar ${name}`,
    revokeQuestion: (name) => `Revogar o token ${name}?`,
    revokeToken: 'Revogar o token',
    whatIsRevoked: 'O que o usa é recusado a partir da próxima requisição. Não há como recuperá-lo.',
    tokenExample: 'script de backup',
    expires: 'Expira',
    inDays: (days) => (days === 365 ? 'em um ano' : `em ${days} dias`),
    never: 'nunca',
    createToken: 'Criar token',
    copyNow: (
      <>
        <b>Copie o token agora.</b> Ele não será mostrado de novo.
      </>
    ),
    password: 'Senha',
    current: 'Senha atual',
    next: 'Nova senha',
    revokeTokens: 'Revogar também meus tokens da API',
    changed: 'Alterada. Todas as outras sessões foram encerradas.',
    change: 'Alterar a senha',
    kept: 'cumprida',
    broken: 'não cumprida',
  },
});
