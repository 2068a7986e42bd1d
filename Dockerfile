# Builds with everything, then keeps what runs. No script of a dependency is run, and no secret enters a layer: keys,
# passphrase and addresses with passwords come as files when the container starts (docs/operations.md).

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY contexts contexts
COPY scripts scripts
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    SCEAU_DATA_DIR=/var/lib/sceau/data \
    SCEAU_KEYS_DIR=/var/lib/sceau/keys
WORKDIR /app
# Folders of their own for the two things that are kept, open to the service alone.
RUN install -d -m 0700 -o node -g node /var/lib/sceau /var/lib/sceau/data /var/lib/sceau/keys \
    && ln -s /app/dist/main.js /usr/local/bin/sceau
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY CHANGELOG.md LICENSE README.md ./
COPY contexts contexts
COPY programmes programmes
COPY deploy/healthcheck.mjs deploy/healthcheck.mjs
USER node
VOLUME ["/var/lib/sceau/data", "/var/lib/sceau/keys"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "/app/deploy/healthcheck.mjs"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
