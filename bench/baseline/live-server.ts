/**
 * The least that shows a live number: one subscription, one buffer, one write for each open response, and at `/page` a
 * page that puts each event's number into its one element.
 */
import { createServer, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis';

const [url = '', channel = '', port = '0', series = ''] = process.argv.slice(2);

const PAGE = `<!doctype html><title>bare</title><h1 data-series="${series}">0</h1><script>
const shown = document.querySelector('h1');
new EventSource('/').addEventListener('result', ({ data }) => {
  shown.textContent = JSON.parse(JSON.parse(data).result)['${series}'];
});
</script>`;

const viewers = new Set<ServerResponse>();
const subscriber = new Redis(url);
await subscriber.subscribe(channel);
subscriber.on('message', (_channel: string, json: string) => {
  const frame = Buffer.from(`event: result\ndata: ${json}\n\n`);
  for (const viewer of viewers) viewer.write(frame);
});
createServer((request, response) => {
  if (request.url === '/page') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' });
  response.write('retry: 1000\n\n');
  viewers.add(response);
  response.once('close', () => viewers.delete(response));
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('{"ready":true}\n'));
// Whoever started it is gone.
process.stdin.resume().once('end', () => process.exit(0));
