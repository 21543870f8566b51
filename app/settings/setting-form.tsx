'use client';

import { useEffect, useId, useState } from 'react';
import { FormProblem } from '../forms/form-problem.tsx';
import { locally, localRefusal, type Wrong } from '../forms/refusal.ts';
import { WrongText } from '../forms/refusal-text.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { asTyped, asValue, type SettingField } from './fields.ts';
import { ChangedBy, LayerCells } from './layer-cells.tsx';
import { SettingControl } from './setting-control.tsx';
import type { Base, Save } from './use-save.ts';
import { useSettingWords } from './use-setting-words.ts';

type Props = { field: SettingField; base: Base; save: Save['save']; now: number; close: () => void };

/** One setting while it is edited, in the place of its row. */
export function SettingForm({ field, base, save, now, close }: Props) {
  const id = useId();
  const say = useSettingWords();
  const { cancel, whenApplied } = useWords(commonWords);
  const { setting } = base;
  const [typed, setTyped] = useState(asTyped(field, setting.inForce, say.decimal));
  const problem = useProblem(field, typed);
  const form = useForm(async () => {
    const value = asValue(field, typed);
    if (problem !== null || value === null) return localRefusal({ [field.name]: problem ?? locally('not_seconds') });
    const outcome = await save(value, base);
    if (typeof outcome === 'object') return outcome;
    close();
    return null;
  });
  const shown = problem ?? form.problemOf(field.name) ?? null;
  return (
    <tr className="edit">
      <LayerCells field={field} setting={setting} />
      <td data-l={say.override} colSpan={3} className="ed">
        <form {...form.props} onKeyDown={(event) => event.key === 'Escape' && close()}>
          <div className="row">
            <SettingControl
              field={field}
              typed={typed}
              onType={(text) => {
                setTyped(text);
                form.clear();
              }}
              isWrong={shown !== null}
              describedBy={`${id}-problem ${id}-hint`}
            />
            <span className="hint err grow" id={`${id}-problem`} aria-live="polite">
              {shown !== null && <WrongText path={field.name} wrong={shown} />}
            </span>
            <SubmitButton form={form} disabled={problem !== null}>
              {say.save}
            </SubmitButton>
            <button type="button" className="btn quiet" onClick={close}>
              {cancel}
            </button>
          </div>
          <p className="hint" id={`${id}-hint`}>
            {say.now(say.inWords(field, setting.inForce))}
            {(setting.override ?? setting.deployment) !== null && (
              <>
                {say.setBy}
                <ChangedBy setting={setting} now={now} />
              </>
            )}
            . {whenApplied}
          </p>
          <FormProblem refusal={form.refusal} shown={[field.name]} />
        </form>
      </td>
    </tr>
  );
}

/** The server's own rules, as soon as they are loaded. */
function useProblem(field: SettingField, typed: string): Wrong | null {
  const [rules, setRules] = useState<typeof import('./rules.ts') | null>(null);
  useEffect(() => {
    let isWanted = true;
    void import('./rules.ts').then((loaded) => isWanted && setRules(loaded));
    return () => {
      isWanted = false;
    };
  }, []);
  return rules?.problemOf(field, typed) ?? null;
}
