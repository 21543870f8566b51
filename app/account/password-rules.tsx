import { type PasswordRule, passwordRules } from '#lib/schemas/password-rules';
import { sentence } from '../forms/refusal.ts';
import { StateShape } from '../ui/state-mark.tsx';

const RULES = Object.values<PasswordRule>(passwordRules);
/** Others are told only to those who break them. */
const ALWAYS: readonly PasswordRule[] = [passwordRules.longEnough, passwordRules.notTheName];

/** Whether the list says this already, as the server has said it of the field. */
export function isToldByRules(problem: string): boolean {
  return RULES.some(({ message }) => sentence(message) === problem);
}

/** The server's own rules, as they are kept or broken while somebody types. */
export function PasswordRules({ password, name }: { password: string; name: string }) {
  return (
    <ul className="rules">
      {RULES.filter((rule) => ALWAYS.includes(rule) || !rule.isKept(password, name)).map((rule) => {
        const tone = password === '' ? 'idle' : rule.isKept(password, name) ? 'ok' : 'bad';
        return (
          <li key={rule.message} className={`state ${tone}`}>
            <StateShape tone={tone} />
            {sentence(rule.message)}
            {tone !== 'idle' && <span className="sr">{tone === 'ok' ? 'kept' : 'broken'}</span>}
          </li>
        );
      })}
    </ul>
  );
}
