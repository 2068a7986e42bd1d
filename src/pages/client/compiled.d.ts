/** Scripts for browsers, by the name they are served under; made by `scripts/bundle-client.mjs` from the files beside. */
export const CLIENT_SCRIPTS: Readonly<Record<'front' | 'scan', string>>;
