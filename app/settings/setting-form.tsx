'use client';

import { useEffect, useId, useState } from 'react';
import { FormProblem } from '../forms/form-problem.tsx';
import { localRefusal } from '../forms/refusal.ts';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { asTyped, asValue, inWords, type SettingField } from './fields.ts';
import { ChangedBy, LayerCells } from './layer-cells.tsx';
import { SettingControl } from './setting-control.tsx';
import type { Base, Save } from './use-save.ts';

type Props = { field: SettingField; base: Base; save: Save['save']; now: number; close: () => void };

/** One setting while it is edited, in the place of its row. */
export function SettingForm({ field, base, save, now, close }: Props) {
  const id = useId();
  const { setting } = base;
  const [typed, setTyped] = useState(asTyped(field, setting.inForce));
  const problem = useProblem(field, typed);
  const form = useForm(async () => {
    const value = asValue(field, typed);
    if (problem !== null || value === null)
      return localRefusal({ [field.name]: problem ?? 'must be a number of seconds' });
    const outcome = await save(value, base);
    if (typeof outcome === 'object') return outcome;
    close();
    return null;
  });
  const shown = problem ?? form.problemOf(field.name) ?? null;
  return (
    <tr className="edit">
      <LayerCells field={field} setting={setting} />
      <td data-l="Override" colSpan={3} className="ed">
        <form {...form.props} onKeyDown={(event) => event.key === 'Escape' && close()}>
          <div className="row">
            <SettingControl
              field={field}
              typed={typed}
              onType={(text) => {
                setTyped(text);
                form.clear();
              }}
              problem={shown}
              describedBy={`${id}-problem ${id}-hint`}
            />
            <span className="hint err grow" id={`${id}-problem`} aria-live="polite">
              {shown}
            </span>
            <SubmitButton form={form} disabled={problem !== null}>
              Save
            </SubmitButton>
            <button type="button" className="btn quiet" onClick={close}>
              Cancel
            </button>
          </div>
          <p className="hint" id={`${id}-hint`}>
            Now {inWords(field, setting.inForce)}
            {(setting.override ?? setting.deployment) !== null && (
              <>
                , set by <ChangedBy setting={setting} now={now} />
              </>
            )}
            . A change applies from the next tick.
          </p>
          <FormProblem refusal={form.refusal} shown={[field.name]} />
        </form>
      </td>
    </tr>
  );
}

/** The server's own rules, as soon as they are loaded. */
function useProblem(field: SettingField, typed: string): string | null {
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
