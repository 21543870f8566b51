import type { Caller } from '#lib/auth/caller';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { Icon } from './line-icon.tsx';
import { shellWords } from './shell-words.ts';
import { SignOut } from './sign-out.tsx';

/** Who is signed in, and what is theirs. The browser opens and closes it, so it needs no script. */
export async function UserMenu({ caller: { name, uid, role } }: { caller: Caller }) {
  const say = await pageWords(shellWords);
  const common = await pageWords(commonWords);
  return (
    <div className="user">
      <button type="button" className="btn quiet" popoverTarget="user-menu" aria-label={say.yourAccount(name)}>
        <Icon shape="person" />
        <span className="cut" translate="no">
          {name}
        </span>
        <Icon shape="down" />
      </button>
      <div id="user-menu" popover="auto" className="menu">
        <p>
          <span translate="no">{name}</span>{' '}
          <span>
            {say.uid(uid)}, {common[role]}
          </span>
        </p>
        {/* A whole page load: a soft one would leave the menu open. */}
        <a href="/account">{common.account}</a>
        <SignOut />
      </div>
    </div>
  );
}
