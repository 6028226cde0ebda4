// How a run of wget ends, and how one retrieval fails (src/exits.c of wget 1.21).

export const STATUS = { ok: 0, generic: 1, parse: 2, file: 3, network: 4, tls: 5, login: 6, protocol: 7, server: 8 } as const;

/** It went wrong; what is to be said is said. */
export class Failure extends Error {
  readonly status: number;
  readonly retry: boolean;
  constructor(status: number, retry = false) {
    super();
    this.status = status;
    this.retry = retry;
  }
}
