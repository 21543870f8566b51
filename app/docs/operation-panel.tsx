import { Icon } from '../ui/line-icon.tsx';
import type { Operation } from './document.ts';
import { Fields, fieldsOf } from './fields.tsx';
import { Prose } from './prose.tsx';
import { TypeName } from './type-name.tsx';

/** One endpoint: a line that opens. */
export function OperationPanel({ operation }: { operation: Operation }) {
  const { operationId, method, path, summary, description, parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json'];
  return (
    <details className="panel fold" id={operationId}>
      <summary className="head call">
        <Icon shape="right" />
        <b className="mono">{method}</b>
        <h3 className="mono">{path}</h3>
        <span className="sub">{summary}</span>
      </summary>
      <div className="about">
        <p className="sub">
          <Prose text={description} />
        </p>
        {operation['x-codeSamples'].map(({ source }) => (
          <pre key={source} className="json">
            {source}
          </pre>
        ))}
      </div>
      {parameters.length > 0 && (
        <Fields
          of={operationId}
          label="Parameter"
          fields={parameters.map((each) => ({ ...each, note: `In the ${each.in}` }))}
        />
      )}
      {body !== undefined && <Fields of={operationId} label="Body" fields={fieldsOf(body.schema, true)} />}
      <dl className="about answers">
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
