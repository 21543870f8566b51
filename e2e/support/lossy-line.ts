import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';

/** A line to a server on which the first answer to such a request, `<method> <path>`, is lost: it has been done by then. */
export async function losesAnswerTo(call: string, server: string) {
  let isLost = false;
  const line = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const asking = ask(new URL(url, server), { method, headers }, (answer) => {
      if (isLost || `${method} ${url}` !== call) {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
        return;
      }
      isLost = true;
      answer.resume().once('end', () => request.socket.destroy());
    });
    asking.on('error', () => response.destroy());
    response.on('close', () => asking.destroy());
    request.pipe(asking);
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    async close() {
      line.closeAllConnections();
      line.close();
    },
  };
}
