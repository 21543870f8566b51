import { curlOf } from '../lib/api/curl.ts';
import type { Access, Endpoint } from '../lib/api/endpoint.ts';
import { endpoints } from '../lib/api/endpoints.ts';
import { refusalsOf } from '../lib/api/refusals.ts';

const INTRODUCTION = `# API

Everything that the pages do goes through this API, under \`/api/v1\`. \`GET /api/v1/openapi.json\` describes it (OpenAPI
3.1), and \`/docs\` of a running Vigia shows that description.

\`\`\`sh
VIGIA=http://127.0.0.1:3000
TOKEN=$(curl -s -u admin "$VIGIA/api/v1/tokens" -H 'Content-Type: application/json' -d '{"name":"shell"}' | sed 's/.*"secret":"\\([^"]*\\)".*/\\1/')
\`\`\`

- **Who asks.** A token (\`Authorization: Bearer vig_…\`), or name and password (\`curl -u name\`), or a browser's session cookie.
  Live data is open to readers unless \`DASHBOARD_AUTH=required\`; settings, code and invocations are for admins.
- **Refusals** are problem details (RFC 9457): \`{"title", "status", "code", "detail", "fields", "requestId"}\`. \`fields\` names
  every field that does not fit: \`{"path", "code", "limit", "message"}\`. Programs go by \`code\`, of the refusal and of each
  field, which stays the same whatever the words say; \`limit\` is the number that a rule names, such as the most characters.
  The words are English. \`requestId\` is what to look for in the log; every answer has it as \`X-Request-Id\` too.
- **Two people at once.** Reading settings or an account gives an \`ETag\`. Sent back as \`If-Match\` with a change, it makes
  the change only if nothing has changed since; otherwise the answer is 412 with what is there now as \`current\`.
- **Once only.** What creates something takes an \`Idempotency-Key\`: sent again within 24 hours, the same request has the
  same answer and no further effect; of a job, the answer is the job as it is by then. The same is what says the same: order and
  spaces of its JSON do not count. A refusal is not kept. Choose a key that cannot be guessed, such as a UUID: answers are kept
  encrypted with it.
- **Pages of a list.** Give the \`next\` of an answer as \`before\`; it is null on the last page.
- **Bodies** are \`application/json\` up to 1 MiB (13 MiB for a job, whose code and input may have 1 MiB each), or \`application/zip\` up to 64 MiB where an archive is taken.
- **Browsers.** A change that comes with the session cookie must come from a page of the same host (\`Origin\`). A proxy in front
  must pass on \`Host\`, or be in \`TRUSTED_PROXIES\` and send \`X-Forwarded-Host\`. There is no CORS.
- **Strictness.** Unknown fields and unknown query parameters are refused, not ignored.

Times are milliseconds since the epoch. This page is generated: \`npm run docs\` writes it from the definitions in
\`lib/api/endpoints\`, and a test fails when the two differ.
`;

const WHO = {
  public: 'anybody',
  reader: 'readers',
  user: 'whoever is signed in',
  admin: 'admins',
} as const satisfies Record<Access, string>;

/** The Markdown of `docs/api.md`. */
export function apiReference(): string {
  const sections = [...new Set(endpoints.map(({ section }) => section))];
  return [INTRODUCTION, ...sections.map((section) => sectionText(section))].join('\n');
}

function sectionText(section: string): string {
  const texts = endpoints.filter((each) => each.section === section).map(endpointText);
  return `## ${section}\n\n${texts.join('\n')}`;
}

function endpointText(endpoint: Endpoint): string {
  const { method, path, summary, description, access, query, answer } = endpoint;
  const parameters = Object.entries(query.shape).map(
    ([name, each]) => `- \`${name}\`: ${each.meta()?.description ?? ''}`,
  );
  const refusals = refusalsOf(endpoint)
    .map(({ status }) => status)
    .filter((status) => ![429, 500, 503].includes(status));
  return [
    `### ${method} ${path}`,
    '',
    [summary, description].filter((each) => each !== undefined).join(' '),
    '',
    ...(parameters.length === 0 ? [] : [...parameters, '']),
    `For ${WHO[access]}. Answers ${answer.status}: ${answer.description} Refuses with ${refusals.join(', ')}.`,
    '',
    '```sh',
    curlOf(endpoint),
    '```',
    '',
  ].join('\n');
}
