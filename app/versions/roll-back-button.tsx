'use client';

import { writeOn } from '../code/use-deploy.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';

type Props = {
  /** Null: to what the deployment says. */
  number: number | null;
  onDone: (data: unknown) => void;
};

/** Goes back to an earlier version, after asking. */
export function RollBackButton({ number, onDone }: Props) {
  const { settings } = useWanted();
  const { name } = settings;
  const label = number === null ? "Revert to the deployment's code" : 'Roll back';
  return (
    <ConfirmButton
      label={label}
      name={number === null ? label : `Roll back to v${number}`}
      className="btn"
      question={number === null ? `Revert ${name} to the deployment's code?` : `Roll ${name} back to v${number}?`}
      verb={number === null ? "Revert to the deployment's code" : `Roll back to v${number}`}
      work={() =>
        writeOn(settings, (ifMatch) => send('POST', `${apiOf(name)}/rollback`, { body: { version: number }, ifMatch }))
      }
      done={onDone}
    >
      It is loaded in a new process first; what runs now goes on until it has. Its <code>env</code> is kept.
    </ConfirmButton>
  );
}
