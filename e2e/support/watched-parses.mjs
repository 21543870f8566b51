// Loaded ahead of a program: on SIGUSR2 it says the longest text that this process has parsed as JSON, and how long its
// event loop has been held up at most, since the last time.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const parse = JSON.parse;
let longest = 0;

JSON.parse = (text, ...rest) => {
  longest = Math.max(longest, String(text).length);
  return parse(text, ...rest);
};

process.on('SIGUSR2', () => {
  process.stderr.write(`watched ${longest} ${delay.max / 1e6}\n`);
  longest = 0;
  delay.reset();
});
