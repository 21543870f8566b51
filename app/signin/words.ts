import { words } from '../language/words.ts';

export const signInWords = words({
  en: {
    title: 'Sign in to Vigia',
    nameOrUid: 'Name or user id',
    password: 'Password',
    needsScript: 'Signing in needs JavaScript. The live pages do not.',
    readable: 'The live pages can be read without signing in.',
    notReadable: 'Settings, code and jobs cannot.',
    back: 'Back to functions',
    lost: 'Lost your password? An admin gives you a new one.',
    lastAdmin: 'The only admin runs',
    tooMany: 'Too many failed tries.',
    wait: (time: string) => `Try again in ${time}.`,
    again: 'Try again.',
  },
  'pt-BR': {
    title: 'Entrar no Vigia',
    nameOrUid: 'Nome ou id de usuário',
    password: 'Senha',
    needsScript: 'Para entrar é preciso JavaScript. Para as páginas ao vivo, não.',
    readable: 'As páginas ao vivo podem ser lidas sem entrar.',
    notReadable: 'Ajustes, código e tarefas, não.',
    back: 'Voltar às funções',
    lost: 'Perdeu a senha? Um administrador lhe dá uma nova.',
    lastAdmin: 'O único administrador roda',
    tooMany: 'Tentativas demais sem sucesso.',
    wait: (time) => `Tente de novo em ${time}.`,
    again: 'Tente de novo.',
  },
});
