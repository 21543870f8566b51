/**
 * One number from another function's output: 100 is an idle machine, 0 one that is busy everywhere. Run it on that
 * function's output key: REDIS_INPUT_KEY=metrics-output REDIS_OUTPUT_KEY=health FUNCTION_NAME=health
 */
export function handler(input) {
  const cpus = Object.entries(input).filter(([name]) => /^avg-util-cpu\d+-60sec$/.test(name));
  if (cpus.length === 0) return null;
  const mean = cpus.reduce((sum, [, value]) => sum + value, 0) / cpus.length;
  const worst = Math.max(...cpus.map(([, value]) => value));
  return { health_percent: 100 - (mean + worst) / 2, cpus: cpus.length, timestamp: input.timestamp };
}
