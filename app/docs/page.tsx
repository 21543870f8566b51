import type { Metadata } from 'next';
import { pageWords } from '../language/page-language.ts';
import { readDocument } from './document.ts';
import { Fields, fieldsOf } from './fields.tsx';
import { OperationPanel } from './operation-panel.tsx';
import '../styles/docs.css';
import { docsWords } from './words.tsx';

export const metadata: Metadata = { title: 'API' };

/** The API's own description, for people. */
export default async function Page() {
  const say = await pageWords(docsWords);
  const { version, sections, models } = readDocument();
  return (
    <main id="content" className="docs">
      <div className="bar">
        <h1>API</h1>
        <span className="sub" translate="no">
          Vigia {version}
        </span>
        <div className="grow" />
        <a className="btn" href="/api/v1/openapi.json">
          OpenAPI 3.1
        </a>
      </div>
      <p className="sub">{say.about}</p>
      {sections.map(({ name, operations }) => (
        <section key={name} aria-labelledby={`tag-${name}`} className="section">
          <h2 id={`tag-${name}`} lang="en">
            {name}
          </h2>
          {operations.map((operation) => (
            <OperationPanel key={operation.operationId} operation={operation} />
          ))}
        </section>
      ))}
      <section aria-labelledby="models" className="section">
        <h2 id="models">{say.models}</h2>
        {models.map(([name, schema]) => (
          <article key={name} id={name} className="panel">
            <div className="head">
              <h3 translate="no">{name}</h3>
              {schema.description !== undefined && (
                <span className="sub" lang="en">
                  {schema.description}
                </span>
              )}
            </div>
            <Fields of={name} label={say.field} fields={fieldsOf(schema, false)} />
          </article>
        ))}
      </section>
    </main>
  );
}
