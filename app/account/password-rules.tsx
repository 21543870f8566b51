import { type PasswordRule, passwordRules } from '#lib/schemas/password-rules';
import type { Wrong } from '../forms/refusal.ts';
import { WrongText } from '../forms/refusal-text.tsx';
import { useWords } from '../language/use-language.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { accountFormWords } from './words.tsx';

const RULES = Object.values<PasswordRule>(passwordRules);
/** Others are told only to those who break them. */
const ALWAYS: readonly PasswordRule[] = [passwordRules.longEnough, passwordRules.notTheName];

/** Whether the list says this already, as the server has said it of the field. */
export function isToldByRules({ code }: Wrong): boolean {
  return RULES.some((rule) => rule.code === code);
}

/** The server's own rules, as they are kept or broken while somebody types. */
export function PasswordRules({ password, name }: { password: string; name: string }) {
  const say = useWords(accountFormWords);
  return (
    <ul className="rules">
      {RULES.filter((rule) => ALWAYS.includes(rule) || !rule.isKept(password, name)).map((rule) => {
        const tone = password === '' ? 'idle' : rule.isKept(password, name) ? 'ok' : 'bad';
        return (
          <li key={rule.code} className={`state ${tone}`}>
            <StateShape tone={tone} />
            <WrongText path="password" wrong={rule} />
            {tone !== 'idle' && <span className="sr">{tone === 'ok' ? say.kept : say.broken}</span>}
          </li>
        );
      })}
    </ul>
  );
}
