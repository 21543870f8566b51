import { ensureFirstAdmin } from '#lib/auth/ensure-first-admin';
import type { Context } from '#lib/context';
import { isUnavailable, messageOf } from '#lib/errors';
import type { FirstAdminMessage } from '#lib/schemas/supervised';

const RETRY_MS = 1_000;

/**
 * Makes the first admin, as soon as Redis is there and takes writes. A generated password is said once: to the supervisor, which shows it to
 * whoever started everything, or in the log of a role that was started alone.
 */
export async function makeFirstAdmin(ctx: Context): Promise<void> {
  try {
    const admin = await ensureFirstAdmin(ctx);
    if (admin === null || admin.generatedPassword === null) return;
    tell(ctx, { firstAdmin: { name: admin.name, password: admin.generatedPassword } });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    setTimeout(() => {
      makeFirstAdmin(ctx).catch((later) => ctx.log.error({ reason: messageOf(later) }, 'no first admin can be made'));
    }, RETRY_MS).unref();
  }
}

function tell({ log }: Context, message: FirstAdminMessage): void {
  if (process.send !== undefined) process.send(message);
  else {
    const { name, password } = message.firstAdmin;
    log.warn(`first start: sign in as ${name} with the password ${password} (said only here; change it in the app)`);
  }
}
