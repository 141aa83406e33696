# One image, three processes: web (by default), worker and release, as in the Procfile.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Not npm ci: the lock names the optional packages of Linux alone.
RUN npm install --include=dev --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
COPY jobs ./jobs
COPY views ./views
COPY public ./public
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production PORT=3000
# The committee's report is printed to PDF where Chromium is found: docker build --build-arg WITH_CHROMIUM=yes
ARG WITH_CHROMIUM=no
RUN if [ "$WITH_CHROMIUM" = yes ]; then \
      apt-get update && apt-get install -y --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*; \
    fi
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/data/territory ./src/data/territory
COPY --from=build /app/package.json ./package.json
COPY views ./views
COPY public ./public
# Nothing is written below /app: the root file system may be read-only, with a small /tmp for printing.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "dist/src/server.js"]
