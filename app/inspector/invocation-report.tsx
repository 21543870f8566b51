'use client';

import type { Invocation } from '#lib/schemas/invocation';
import { useFormat, useWords } from '../language/use-language.ts';
import { Actions } from './actions.tsx';
import { Facts } from './facts.tsx';
import { FailureSection } from './failure-section.tsx';
import { keyCount } from './input-changes.ts';
import { InputChanges } from './input-changes-section.tsx';
import { LogSection } from './log-section.tsx';
import { TextSection } from './text-section.tsx';
import { isComing } from './use-invocation.ts';
import { inspectorWords } from './words.ts';

/** All that is known of one invocation. */
export function InvocationReport({ name, invocation }: { name: string; invocation: Invocation }) {
  const say = useWords(inspectorWords);
  const { whole, bytes } = useFormat();
  const { outcome, failure, input, result, isComplete } = invocation;
  const count = input === null ? null : keyCount(input.text);
  const size = input === null ? '' : bytes(input.bytes);
  const missing = isComing(invocation) ? say.inputComing : failure?.kind === 'init' ? say.inputNone : say.inputGone;
  return (
    <>
      <Facts invocation={invocation} name={name} />
      {failure !== undefined && (
        <FailureSection failure={failure} isReserved={invocation.isReserved} isComplete={isComplete} />
      )}
      {outcome !== 'failed' && (
        <TextSection title={say.result} kept={result} missing={outcome === 'nothing' ? say.noResult : say.resultGone} />
      )}
      <LogSection invocation={invocation} />
      <InputChanges name={name} invocation={invocation} />
      <TextSection
        title={say.input}
        note={input === null ? undefined : count === null ? size : say.keyCount(count, whole(count), size)}
        kept={input}
        missing={missing}
      />
      <Actions name={name} invocation={invocation} />
    </>
  );
}
