import type { Metadata } from 'next';
import { readDocument } from './document.ts';
import { Fields, fieldsOf } from './fields.tsx';
import { OperationPanel } from './operation-panel.tsx';
import '../styles/docs.css';

export const metadata: Metadata = { title: 'API' };

/** The API's own description, for people. */
export default function Page() {
  const { version, sections, models } = readDocument();
  return (
    <main id="content" className="docs">
      <div className="bar">
        <h1>API</h1>
        <span className="sub">Vigia {version}</span>
        <div className="grow" />
        <a className="btn" href="/api/v1/openapi.json">
          OpenAPI 3.1
        </a>
      </div>
      <p className="sub">
        In the examples <code>$VIGIA</code> is the address of this page, and <code>$TOKEN</code> an API token. Times are
        milliseconds since the epoch. Refusals are problem details (RFC 9457) that name every field at fault; each
        answer has an <code>X-Request-Id</code> to look for in the log.
      </p>
      {sections.map(({ name, operations }) => (
        <section key={name} aria-label={name} className="section">
          <h2>{name}</h2>
          {operations.map((operation) => (
            <OperationPanel key={operation.operationId} operation={operation} />
          ))}
        </section>
      ))}
      <section aria-label="Models" className="section">
        <h2>Models</h2>
        {models.map(([name, schema]) => (
          <article key={name} id={name} className="panel">
            <div className="head">
              <h3>{name}</h3>
              {schema.description !== undefined && <span className="sub">{schema.description}</span>}
            </div>
            <Fields of={name} label="Field" fields={fieldsOf(schema, false)} />
          </article>
        ))}
      </section>
    </main>
  );
}
