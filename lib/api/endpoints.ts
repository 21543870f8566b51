import type { Endpoint } from './endpoint.ts';
import { auditEndpoints } from './endpoints/audit.ts';
import { codeEndpoints } from './endpoints/code.ts';
import { exportEndpoints } from './endpoints/export.ts';
import { functionEndpoints } from './endpoints/functions.ts';
import { invocationEndpoints } from './endpoints/invocations.ts';
import { jobEndpoints } from './endpoints/jobs.ts';
import { liveDataEndpoints } from './endpoints/live-data.ts';
import { overviewEndpoints } from './endpoints/overview.ts';
import { programEndpoints } from './endpoints/program.ts';
import { sessionEndpoints } from './endpoints/session.ts';
import { settingsEndpoints } from './endpoints/settings.ts';
import { tokenEndpoints } from './endpoints/tokens.ts';
import { tryEndpoints } from './endpoints/tries.ts';
import { userEndpoints } from './endpoints/users.ts';

/** Every endpoint of the API, in the order of the documentation. */
export const endpoints: readonly Endpoint[] = [
  ...functionEndpoints,
  ...overviewEndpoints,
  ...liveDataEndpoints,
  ...exportEndpoints,
  ...invocationEndpoints,
  ...settingsEndpoints,
  ...codeEndpoints,
  ...tryEndpoints,
  ...jobEndpoints,
  ...sessionEndpoints,
  ...tokenEndpoints,
  ...userEndpoints,
  ...auditEndpoints,
  ...programEndpoints(() => endpoints),
];
