import { words } from '../language/words.ts';

/** The failures that are Vigia's own sentences. */
export const failureWords = words({
  en: {
    timedOut: (seconds: string) => `timed out at ${seconds} s`,
    exited: (code: string) => `the function's process exited with code ${code}`,
    killed: (signal: string) => `the function's process was killed by ${signal}`,
    whileLoading: (ended: string) => `${ended} while it loaded`,
  },
  'pt-BR': {
    timedOut: (seconds) => `tempo esgotado em ${seconds} s`,
    exited: (code) => `o processo da função terminou com o código ${code}`,
    killed: (signal) => `o processo da função foi encerrado por ${signal}`,
    whileLoading: (ended) => `${ended} enquanto carregava`,
  },
});
