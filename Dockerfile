# Two images from one build: `--target web` is the pages and the API; `--target runtime`, the default, plays the roles
# functions, jobs and collector. Plain Dockerfile syntax: BuildKit, buildah and podman build it.
#
#   docker build --target web -t vigia-web .
#   docker build --target runtime -t vigia-runtime .
#
# The base image brings Node, so the npm package of it stays without its binary (--ignore-scripts); nothing else here has
# a script that it needs.

FROM node:24-bookworm-slim AS base
WORKDIR /app
# An init that passes signals on and reaps the orphans of people's programs.
RUN apt-get update \
 && apt-get install -y --no-install-recommends tini ca-certificates \
 && rm -rf /var/lib/apt/lists/*
# Only /tmp is written to: the rest of the file system can be read-only.
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOST=0.0.0.0 \
    HOME=/tmp \
    VIGIA_HOME=/tmp/vigia
ENTRYPOINT ["/usr/bin/tini", "--", "node", "runtime/main.ts"]

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# What is optional only builds pages and scales images: 115 MB that nothing here loads.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm

FROM node:24-bookworm-slim AS pages
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm
COPY instrumentation.ts next.config.mjs tsconfig.json ./
COPY public ./public
COPY lib ./lib
COPY app ./app
RUN ./node_modules/.bin/next build && rm -rf .next/cache

FROM base AS web
COPY --from=packages /app/node_modules ./node_modules
COPY --from=pages /app/.next ./.next
COPY package.json next.config.mjs ./
COPY public ./public
COPY lib ./lib
COPY runtime ./runtime
USER 10001:10001
# As the all-in-one starts its roles: it keeps the young generation small.
ENV NODE_OPTIONS=--max-semi-space-size=4
EXPOSE 3000
CMD ["web"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Vigia web" \
      org.opencontainers.image.description="Functions over live metrics: the pages, the API and the live feed" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

FROM base AS runtime
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-numpy python3-pandas bubblewrap \
 && rm -rf /var/lib/apt/lists/*
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY lib ./lib
COPY runtime ./runtime
USER 10001:10001
# The port of /livez, /readyz and /metrics; and the young generation as the all-in-one has it.
ENV HEALTH_PORT=9464 \
    NODE_OPTIONS=--max-semi-space-size=1
EXPOSE 9464
# The role that a manifest of the reference runtime expects, which names none.
CMD ["functions"]
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Vigia runtime" \
      org.opencontainers.image.description="Functions over live metrics: functions, jobs and collector" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
