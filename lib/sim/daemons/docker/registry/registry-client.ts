// The daemon's side of a registry: where it is, one request, its words when nobody answers. TLS is not simulated: the bytes of port 443 are HTTP.

import { type Blocking, type Sys, SysError } from "../../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../resolver/api.ts";
import { HttpError, HttpReader, writeRequest } from "../api/http.ts";
import { EngineError } from "../engine.ts";

export interface RegistryEndpoint {
  readonly host: string;
  readonly port: number;
  /** "user:password" */
  readonly credentials?: string;
}

export interface RegistryReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export function endpointOf(registry: string, credentials?: string): RegistryEndpoint {
  const known = credentials === undefined ? {} : { credentials };
  if (registry === "docker.io") return { host: "registry-1.docker.io", port: 443, ...known };
  const [host = registry, port] = registry.split(":");
  return { host, port: port === undefined ? 443 : Number(port), ...known };
}

/** Errors: EngineError 500 with Go's words. */
export function* askRegistry(sys: Sys, { host, port, credentials }: RegistryEndpoint, method: string, target: string, body?: Uint8Array): Blocking<RegistryReply> {
  const local = host === "localhost" || host.startsWith("127.");
  const root = `${local ? "http" : "https"}://${host}${port === 443 ? "" : `:${port}`}`;
  let address: string;
  try {
    [address = ""] = yield* lookUpHost(sys, host);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new EngineError(500, `Get "${root}/v2/": dial tcp: lookup ${host}: ${error.code === "EAI_NONAME" ? "no such host" : "Temporary failure in name resolution"}`);
  }
  const fd = sys.socket("inet", "stream");
  try {
    yield* sys.connect(fd, { family: "inet", address, port });
    yield* writeRequest(sys, fd, method, target, host, body, credentials === undefined ? [] : [["Authorization", `Basic ${credentials}`]]);
    const reader = new HttpReader(sys, fd);
    const head = yield* reader.responseHead();
    return { status: head.status, headers: head.headers, body: method === "HEAD" ? new Uint8Array(0) : yield* reader.body(head.headers) };
  } catch (error) {
    if (error instanceof SysError) throw new EngineError(500, `Get "${root}/v2/": dial tcp ${address}:${port}: connect: ${error.message.toLowerCase()}`);
    if (error instanceof HttpError) throw new EngineError(500, `Get "${root}${target}": ${error.message}`);
    throw error;
  } finally {
    sys.close(fd);
  }
}
