import type { ReactNode } from 'react';
import { Icon } from '../ui/line-icon.tsx';

/** One line under the header: what, since when, what still works. */
export function StaticBanner({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className="banner" role="status">
      <Icon shape="warning" />
      <span>
        <b>{title}</b> <span className="sub">{children}</span>
      </span>
    </div>
  );
}
