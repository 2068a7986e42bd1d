declare module 'smtp-server' {
  import type { AddressInfo } from 'node:net';
  import type { Readable } from 'node:stream';

  interface Session {
    readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] };
  }
  type Done = (error?: Error | null) => void;

  /** The few options and methods the tests use. */
  export class SMTPServer {
    constructor(options: {
      readonly disabledCommands?: readonly string[];
      readonly logger?: boolean;
      readonly closeTimeout?: number;
      onRcptTo?(address: { readonly address: string }, session: Session, done: Done): void;
      onData?(stream: Readable, session: Session, done: Done): void;
    });
    readonly server: { address(): AddressInfo };
    listen(port: number, host: string, listening: () => void): void;
    close(closed: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  }
}
