import { messageOf } from '#lib/errors';
import { findExecutable } from '#runtime/supervise/find-executable';
import { checkConfinement, checkLanguage } from './check-confinement.ts';
import { DescriptorMaker } from './job-descriptors.ts';
import { JobUsers } from './job-users.ts';
import { makeOwnFiles, type OwnFiles } from './own-files.ts';
import { findInterpreters, type Interpreters } from './programs.ts';
import { type JobMachinery, runJob } from './run-job.ts';
import { LANGUAGES, type Language, type Refusal, type Sandbox, type Tier } from './sandbox.ts';
import { type Architecture, isSupported } from './seccomp/system-calls.ts';
import { bubblewrap } from './tiers/bubblewrap.ts';
import type { Confine } from './tiers/confine.ts';
import { launched } from './tiers/launched.ts';
import { exposed } from './visible-files.ts';

type ProbeOptions = {
  /** Whether jobs may run without protection where nothing can protect: `ALLOW_UNSANDBOXED=1`. */
  allowUnsandboxed: boolean;
  /** Folders that no job may see: the program's own, and where it keeps its data. */
  secret: readonly string[];
  /** The tiers to try, best first; all of them unless a test or an audit asks for one. */
  tiers?: readonly Tier[];
};

const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Finds the best tier in which a job runs here and is refused what it must be refused. Both are tried, not assumed. */
export async function probeSandbox({
  allowUnsandboxed,
  secret,
  tiers = ['bubblewrap', 'landlock', 'none'],
}: ProbeOptions): Promise<Sandbox | Refusal> {
  const architecture = process.arch;
  if (process.platform !== 'linux' || !isSupported(architecture)) {
    return { tier: null, missing: [`jobs need Linux on x86-64 or arm64, not ${process.platform} on ${architecture}`] };
  }
  const files = makeOwnFiles(architecture);
  const descriptors = new DescriptorMaker(files.hidden);
  const surroundings = { files, descriptors, architecture, interpreters: findInterpreters(), secret };
  const missing: string[] = [];
  for (const tier of tiers) {
    if (tier === 'none' && !allowUnsandboxed) {
      missing.push('none: only with ALLOW_UNSANDBOXED=1');
      continue;
    }
    try {
      const sandbox = await tryTier(tier, surroundings);
      if (!Array.isArray(sandbox)) return { ...sandbox, missing: [...missing, ...sandbox.missing] };
      missing.push(...sandbox.map((reason) => `${tier}: ${reason}`));
    } catch (error) {
      missing.push(`${tier}: ${messageOf(error)}`);
    }
  }
  await files.remove();
  return { tier: null, missing };
}

type Surroundings = {
  files: OwnFiles;
  /** One for all tiers: the pipes that a worse one needs may be there already. */
  descriptors: DescriptorMaker;
  architecture: Architecture;
  interpreters: Interpreters;
  secret: readonly string[];
};

/** A sandbox of this tier, or what speaks against it. */
async function tryTier(
  tier: Tier,
  { files, descriptors, architecture, interpreters, secret }: Surroundings,
): Promise<Sandbox | string[]> {
  const users = new JobUsers();
  const machinery: JobMachinery = { tier, confine: confineIn(tier, interpreters, files), users, descriptors };
  if (tier !== 'none') {
    const inSight = exposed(secret).map((folder) => `${folder} is in a folder that every job sees`);
    if (inSight.length > 0) return inSight;
    const possible = await checkConfinement(machinery, files, architecture);
    if (possible.length > 0) return possible;
  }
  const results = await Promise.all(
    LANGUAGES.map(async (language) => ({ language, why: await checkLanguage(machinery, language) })),
  );
  const languages: Language[] = results.filter(({ why }) => why === null).map(({ language }) => language);
  if (languages.length === 0) return results.map(({ language, why }) => `${language}: ${why}`);
  return {
    tier,
    languages,
    missing: results.filter(({ why }) => why !== null).map(({ language, why }) => `${language}: ${why}`),
    run: (order) => runJob(machinery, order),
    [Symbol.asyncDispose]: () => files.remove(),
  };
}

/** Throws when a program is missing that the tier is made of. */
function confineIn(tier: Tier, interpreters: Interpreters, files: OwnFiles): Confine {
  if (tier === 'bubblewrap') {
    const bwrap = installed('bwrap', findExecutable('bwrap', SEARCH_PATH));
    const bash = installed('bash', interpreters.bash);
    const setpriv = process.getuid?.() === 0 ? installed('setpriv', findExecutable('setpriv', SEARCH_PATH)) : null;
    return bubblewrap({ bwrap, setpriv, bash, interpreters, files });
  }
  const python = installed('python3', interpreters.python);
  return launched({ python, interpreters, files, protection: tier === 'landlock' ? 'landlock' : 'limits' });
}

function installed(name: string, path: string | null): string {
  if (path === null) throw new Error(`${name} is not installed`);
  return path;
}
