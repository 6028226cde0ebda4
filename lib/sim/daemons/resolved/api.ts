// What resolvectl asks of systemd-resolved: one JSON value a line over its socket (the real one speaks Varlink and D-Bus).
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";

export const RESOLVE_DIRECTORY = "/run/systemd/resolve";
export const RESOLVE_SOCKET = `${RESOLVE_DIRECTORY}/io.systemd.Resolve`;

export interface LinkServers {
  readonly index: number;
  readonly name: string;
  readonly servers: readonly string[];
  readonly domains: readonly string[];
  /** carrier and an address: DNS and LLMNR are spoken there */
  readonly relevant: boolean;
}

export interface ResolvedState {
  readonly servers: readonly string[];
  readonly fallback: readonly string[];
  readonly domains: readonly string[];
  readonly llmnr: string;
  readonly mdns: string;
  readonly dnssec: string;
  readonly dnsOverTls: string;
  readonly links: readonly LinkServers[];
  readonly transactions: number;
  readonly cacheSize: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
}

export interface ResolvedAnswer {
  readonly outcome: "found" | "unknown" | "no-servers" | "silent";
  readonly canonicalName: string;
  readonly addresses: readonly string[];
  /** host names, of a question about an address */
  readonly names: readonly string[];
  readonly source: "network" | "cache" | "synthetic";
  /** the link that the answer came from */
  readonly linkName: string | undefined;
  readonly tookUs: number;
}

export type ResolveRequest =
  | { readonly op: "state" }
  | { readonly op: "query"; readonly name: string; readonly cache: boolean }
  | { readonly op: "flush" }
  | { readonly op: "reset-statistics" }
  | { readonly op: "reset-features" }
  /** undefined: as before */
  | { readonly op: "link"; readonly name: string; readonly servers?: readonly string[]; readonly domains?: readonly string[]; readonly revert?: boolean };

export interface ResolveReplies {
  state: ResolvedState;
  query: ResolvedAnswer;
  flush: object;
  "reset-statistics": object;
  "reset-features": object;
  link: { readonly error: string };
}

/** Undefined: systemd-resolved does not run. */
export function* askResolved<Op extends ResolveRequest["op"]>(sys: Sys, request: Extract<ResolveRequest, { readonly op: Op }>): Blocking<ResolveReplies[Op] | undefined> {
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path: RESOLVE_SOCKET });
    yield* sys.write(fd, encode(`${JSON.stringify(request)}\n`));
    let text = "";
    while (!text.includes("\n")) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) return undefined;
      text += decode(bytes);
    }
    const reply: ResolveReplies[Op] = JSON.parse(text);
    return reply;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}
