import { pageWords } from '../language/page-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import type { Operation } from './document.ts';
import { Fields, fieldsOf } from './fields.tsx';
import { Prose } from './prose.tsx';
import { TypeName } from './type-name.tsx';
import { docsWords } from './words.tsx';

/** One endpoint: a line that opens. */
export async function OperationPanel({ operation }: { operation: Operation }) {
  const say = await pageWords(docsWords);
  const { operationId, method, path, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  return (
    <details className="panel fold" id={operationId}>
      <summary className="head call">
        <Icon shape="right" />
        <b className="mono" translate="no">
          {method}
        </b>
        <h3 className="mono" translate="no">
          {path}
        </h3>
        <span className="sub" lang="en">
          {summary}
        </span>
      </summary>
      <div className="about">
        <p className="sub" lang="en">
          <Prose text={description} />
        </p>
        {operation['x-codeSamples'].map(({ source }) => (
          <pre key={source} className="json" translate="no">
            {source}
          </pre>
        ))}
      </div>
      {parameters.length > 0 && (
        <Fields
          of={operationId}
          label={say.parameter}
          fields={parameters.map((each) => ({ ...each, note: `In the ${each.in}` }))}
        />
      )}
      {body !== undefined && <Fields of={operationId} label={say.body} fields={fieldsOf(body.schema, true)} />}
      <dl className="about answers" lang="en">
        {Object.entries(responses).map(([status, response]) => (
          <div key={status} className="row">
            <dt className="mono">{status}</dt>
            <dd>
              {response.description}{' '}
              {Object.values(response.content ?? {}).map(({ schema }) => (
                <code key={status}>
                  <TypeName schema={schema} />
                </code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
