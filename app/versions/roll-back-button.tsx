'use client';

import { writeOn } from '../code/use-deploy.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { useWords } from '../language/use-language.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { versionsWords } from './words.tsx';

type Props = {
  /** Null: to what the deployment says. */
  number: number | null;
  onDone: (data: unknown) => void;
};

/** Goes back to an earlier version, after asking. */
export function RollBackButton({ number, onDone }: Props) {
  const say = useWords(versionsWords);
  const { settings } = useWanted();
  const { name } = settings;
  const label = number === null ? say.revert : say.rollBack;
  return (
    <ConfirmButton
      label={label}
      name={number === null ? label : say.rollBackTo(number)}
      className="btn"
      question={number === null ? say.revertQuestion(name) : say.rollBackQuestion(name, number)}
      verb={number === null ? say.revert : say.rollBackTo(number)}
      work={() =>
        writeOn(settings, (ifMatch) => send('POST', `${apiOf(name)}/rollback`, { body: { version: number }, ifMatch }))
      }
      done={onDone}
    >
      {say.whatHappens(<code translate="no">env</code>)}
    </ConfirmButton>
  );
}
