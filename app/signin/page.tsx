import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentCaller } from '../auth/current-caller.ts';
import { pathAfterSignIn } from '../auth/next-path.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { Logo } from '../ui/header.tsx';
import { SignInForm } from './sign-in-form.tsx';
import './sign-in.css';

export const metadata: Metadata = { title: 'Sign in' };

export default async function Page({ searchParams }: PageProps<'/signin'>) {
  const next = pathAfterSignIn((await searchParams).next);
  const { config } = await getContext();
  const caller = await ifAvailable(currentCaller());
  if (caller !== null) redirect(next);
  const isReadable = config.accounts.dashboardAuth === 'none';
  return (
    <main id="content" className="signin">
      <div className="sign">
        <h1 className="brand">
          <Logo />
          Sign in to Vigia
        </h1>
        <SignInForm next={next} />
        <noscript>
          <p className="hint err">Signing in needs JavaScript. The live pages do not.</p>
        </noscript>
        {isReadable && (
          <p className="hint">
            The live pages can be read without signing in.
            <br />
            Settings, code and jobs cannot. <a href="/">Back to functions</a>
          </p>
        )}
      </div>
    </main>
  );
}
