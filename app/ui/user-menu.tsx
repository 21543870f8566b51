import type { Caller } from '#lib/auth/caller';
import { Icon } from './line-icon.tsx';
import { SignOut } from './sign-out.tsx';

/** Who is signed in, and what is theirs. The browser opens and closes it, so it needs no script. */
export function UserMenu({ caller: { name, uid, role } }: { caller: Caller }) {
  return (
    <div className="user">
      <button type="button" className="btn quiet" popoverTarget="user-menu" aria-label={`${name}, your account`}>
        <span className="cut">{name}</span>
        <Icon shape="down" />
      </button>
      <div id="user-menu" popover="auto" className="menu">
        <p>
          {name}{' '}
          <span>
            uid {uid}, {role}
          </span>
        </p>
        {/* A whole page load: a soft one would leave the menu open. */}
        <a href="/account">Account</a>
        <SignOut />
      </div>
    </div>
  );
}
