export type Event = { id: string | undefined; event: string; data: unknown };

/** The events of a stream, as a browser reads them. */
export async function* events(response: Response): AsyncGenerator<Event, void> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const [event, data] = [field('event'), field('data')];
      if (event !== undefined) yield { id: field('id'), event, data: JSON.parse(data ?? 'null') };
    }
  }
}
