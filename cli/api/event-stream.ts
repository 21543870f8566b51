export type StreamEvent = { id: string | undefined; event: string; data: string };

/**
 * The events of a stream, as they come. Ends when the stream does, whole events only.
 * See https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<StreamEvent, void> {
  let rest = '';
  let fields = noFields();
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.map((each) => each.replace(/\r$/, ''))) {
      if (line !== '') take(fields, line);
      else {
        const { id, event, data } = fields;
        fields = noFields();
        if (data.length > 0) yield { id, event, data: data.join('\n') };
      }
    }
  }
}

type Fields = { id: string | undefined; event: string; data: string[] };

function noFields(): Fields {
  return { id: undefined, event: 'message', data: [] };
}

function take(fields: Fields, line: string): void {
  const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
  if (name === 'id') fields.id = value;
  else if (name === 'event') fields.event = value;
  else if (name === 'data') fields.data.push(value);
}
