import type { FieldCode } from '#lib/schemas/field-code';
import { words } from '../language/words.ts';
import type { LocalCode, RefusalCode } from './refusal.ts';

type Rules = Readonly<
  Partial<Record<FieldCode, (limit: string) => string>> & Record<LocalCode, (limit: string) => string>
>;

type Say = {
  /** What a rule says that a field breaks; in English only what the API does not say itself. */
  rules: Rules;
  /** Instead of `wrong_format` and `not_whole`, for fields of which it is known what they must look like. */
  formats: Readonly<Record<string, string>>;
  refusals: Readonly<Partial<Record<RefusalCode, string>>>;
  answered: (status: number) => string;
  noAnswer: string;
};

export const formWords = words<Say>({
  en: {
    rules: {
      not_seconds: () => 'Enter seconds, such as 0.5.',
      wrong_credentials: () => 'Name or password is wrong.',
    },
    formats: {},
    refusals: {},
    answered: (status) => `The server answered ${status}.`,
    noAnswer: 'The server does not answer. Nothing was changed, as far as is known; try again.',
  },
  'pt-BR': {
    rules: {
      not_seconds: () => 'Informe segundos, por exemplo 0,5.',
      wrong_credentials: () => 'Nome ou senha incorretos.',
      required: () => 'Não pode ficar vazio.',
      too_short: (limit) => `Deve ter no mínimo ${limit} caracteres.`,
      too_long: (limit) => `Deve ter no máximo ${limit} caracteres.`,
      too_small: (limit) => `Deve ser no mínimo ${limit}.`,
      too_large: (limit) => `Deve ser no máximo ${limit}.`,
      not_whole: () => 'Deve ser um número inteiro.',
      not_a_choice: () => 'Escolha uma das opções.',
      wrong_type: () => 'O tipo do valor não serve.',
      wrong_format: () => 'O formato não serve.',
      unknown: () => 'Não é conhecido aqui.',
      taken: () => 'Já está em uso.',
      in_the_past: () => 'Deve estar no futuro.',
      wrong_password: () => 'Não é a sua senha.',
      password_is_name: () => 'Não pode ser igual ao nome.',
      password_is_token: () => 'Não pode parecer um token da API.',
      too_many: (limit) => `Já existem ${limit}: revogue um antes.`,
      last_admin: () => 'Vigia não pode ficar sem um admin que consiga entrar.',
      reserved_key: () => 'Essa chave é reservada para o próprio Vigia.',
      same_as_input: () => 'Não pode ser a chave de entrada: a função se alimentaria de si mesma.',
      output_of_other: () => 'Já é a chave de saída de outra função.',
      collected_key: () => 'Não pode ser a chave em que um coletor escreve.',
    },
    formats: {
      name: 'Use letras, dígitos e alguns sinais como "-", "_" e "."; comece com letra ou dígito. Um nome de usuário não pode ter só dígitos.',
      inputKey: 'Não pode conter caracteres de controle.',
      outputKey: 'Não pode conter caracteres de controle.',
      handler: 'Não pode conter caracteres de controle.',
      periodMs: 'Deve ser um número inteiro de milissegundos.',
      timeoutMs: 'Deve ser um número inteiro de milissegundos.',
    },
    refusals: {
      not_found: 'Isso não existe mais.',
      unavailable: 'Indisponível no momento.',
      unauthenticated: 'Entre para continuar.',
      forbidden: 'Você não tem permissão para isso.',
      exists: 'Esse nome já está em uso.',
      conflict: 'Alguém alterou isso enquanto você editava.',
      limited: 'Tentativas demais; espere antes da próxima.',
      busy: 'O servidor está ocupado; tente de novo.',
      in_use: 'Não é possível enquanto estiver em uso.',
      ended: 'Isso já terminou.',
      too_large: 'É grande demais.',
      internal: 'Algo deu errado no servidor; o log dele diz o quê.',
    },
    answered: (status) => `O servidor respondeu ${status}.`,
    noAnswer: 'O servidor não responde. Até onde se sabe, nada foi alterado; tente de novo.',
  },
});
