import { type CredentialEnding, credentialEnding } from '#lib/schemas/account';
import type { Caller } from './caller.ts';

/**
 * Lua that scripts begin with: takes a user's credentials of one kind, all of them, and tells every process. An id is
 * base64url, so a list of them is JSON without any escaping.
 */
export const LUA_ENDINGS = `
local function endAll(list, prefix)
  local ids = redis.call('ZRANGE', list, 0, -1)
  for _, id in ipairs(ids) do redis.call('DEL', prefix .. id) end
  redis.call('DEL', list)
  return ids
end
local function announce(channel, uid, ids, isPasswordOver)
  local quoted = #ids == 0 and '' or '"' .. table.concat(ids, '","') .. '"'
  redis.call('PUBLISH', channel, '{"uid":' .. uid .. ',"credentialIds":[' .. quoted .. '],"isPasswordOver":'
    .. tostring(isPasswordOver) .. '}')
end
`;

/**
 * A message of the channel `keys.accounts.endings`. Redis tells only who listens at that moment: after its connection was
 * away, whoever keeps streams open authenticates the callers of each again.
 */
export function parseEnding(message: string): CredentialEnding {
  return credentialEnding.parse(JSON.parse(message));
}

/** Whether what this caller had proven itself with has ended. */
export function isOver(ending: CredentialEnding, caller: Pick<Caller, 'uid' | 'credentialId'>): boolean {
  if (caller.uid !== ending.uid) return false;
  return caller.credentialId === null ? ending.isPasswordOver : ending.credentialIds.includes(caller.credentialId);
}
