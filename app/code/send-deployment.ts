import type { Language } from '#lib/schemas/function';
import { type Answer, send } from '../forms/send.ts';
import { apiOf } from '../live/rest.ts';

type Deployment = { text: string; language: Language; message: string; freshEnv: boolean };

/** Hands in the text of one file as a new version. */
export async function sendDeployment(
  name: string,
  { text, language, message, freshEnv }: Deployment,
  ifMatch: string,
): Promise<Answer> {
  return await send('POST', `${apiOf(name)}/versions`, { body: { text, language, message, freshEnv }, ifMatch });
}
