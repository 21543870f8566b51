import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentCaller } from '../auth/current-caller.ts';
import { pathAfterSignIn } from '../auth/next-path.ts';
import { getContext } from '../context.ts';
import { ifAvailable } from '../if-available.ts';
import { commonWords } from '../language/common-words.ts';
import { pageWords } from '../language/page-language.ts';
import { Logo } from '../ui/header.tsx';
import { SignInForm } from './sign-in-form.tsx';
import './sign-in.css';
import { signInWords } from './words.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await pageWords(commonWords)).signIn };
}

export default async function Page({ searchParams }: PageProps<'/signin'>) {
  const next = pathAfterSignIn((await searchParams).next);
  const { config } = await getContext();
  const caller = await ifAvailable(currentCaller());
  if (caller !== null) redirect(next);
  const isReadable = config.accounts.dashboardAuth === 'none';
  const say = await pageWords(signInWords);
  return (
    <main id="content" className="signin">
      <div className="sign">
        <h1 className="brand">
          <Logo />
          {say.title}
        </h1>
        <SignInForm next={next} />
        <noscript>
          <p className="hint err">{say.needsScript}</p>
        </noscript>
        <p className="hint">
          {say.lost}
          <br />
          {say.lastAdmin} <code translate="no">npm run reset-password</code>
        </p>
        {isReadable && (
          <p className="hint">
            {say.readable}
            <br />
            {say.notReadable} <a href="/">{say.back}</a>
          </p>
        )}
      </div>
    </main>
  );
}
