/** @type {import('next').NextConfig} */
export default {
  // The front door serves the app through its own node:http server: what Next would add is not wanted there.
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ['bullmq', 'ioredis', 'pino'],
  // A refresh that finds no server waits for it. Without this, Next leaves the page for the browser's own error page.
  experimental: { useOffline: true },
};
