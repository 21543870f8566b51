import type { ReactNode } from 'react';

/** Opens the inspector at what happened. */
export function Look({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="btn link scripted" onClick={onClick}>
      {children}
    </button>
  );
}
