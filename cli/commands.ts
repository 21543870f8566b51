import type { Command } from './command.ts';
import { login } from './commands/account/login.ts';
import { logout } from './commands/account/logout.ts';
import { whoami } from './commands/account/whoami.ts';
import { completionCommand } from './commands/completion.ts';
import { create as createFunction } from './commands/functions/create.ts';
import { deleteFunction } from './commands/functions/delete.ts';
import { deploy } from './commands/functions/deploy.ts';
import { get as getFunction } from './commands/functions/get.ts';
import { list as listFunctions } from './commands/functions/list.ts';
import { rollback } from './commands/functions/rollback.ts';
import { set as setFunction } from './commands/functions/set.ts';
import { tryCode } from './commands/functions/try.ts';
import { versions } from './commands/functions/versions.ts';
import { cancel } from './commands/jobs/cancel.ts';
import { get as getJob } from './commands/jobs/get.ts';
import { list as listJobs } from './commands/jobs/list.ts';
import { logs } from './commands/jobs/logs.ts';
import { queue } from './commands/jobs/queue.ts';
import { submit } from './commands/jobs/submit.ts';
import { status } from './commands/status.ts';
import { create as createToken } from './commands/tokens/create.ts';
import { list as listTokens } from './commands/tokens/list.ts';
import { revoke } from './commands/tokens/revoke.ts';
import { disable, enable, set as setUser } from './commands/users/change.ts';
import { create as createUser } from './commands/users/create.ts';
import { deleteUser } from './commands/users/delete.ts';
import { list as listUsers } from './commands/users/list.ts';
import { resetPassword } from './commands/users/reset-password.ts';

/** Every command, in the order of help and documentation. */
export const commands: readonly Command[] = [
  login,
  logout,
  whoami,
  submit,
  listJobs,
  getJob,
  logs,
  cancel,
  queue,
  listFunctions,
  getFunction,
  createFunction,
  setFunction,
  deploy,
  tryCode,
  versions,
  rollback,
  deleteFunction,
  listTokens,
  createToken,
  revoke,
  listUsers,
  createUser,
  setUser,
  disable,
  enable,
  resetPassword,
  deleteUser,
  status,
  completionCommand(() => commands),
];
