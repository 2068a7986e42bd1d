/** Scripts for browsers, made by `scripts/bundle-device.mjs` from the files beside. */
export const DEVICE_SCRIPTS: {
  /** The button's. */
  readonly offer: string;
  /** The worker's that checks, and where it is served: named after its content. */
  readonly worker: string;
  readonly workerPath: string;
};
