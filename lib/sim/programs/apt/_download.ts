// Fetching from a mirror over HTTP, with apt's Get: and Err: lines.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { HttpError, HttpReader, writeRequest } from "../../daemons/docker/api/http.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";

/** What stands behind Err: or E: Failed to fetch. */
export class FetchError extends Error {}

/** Bytes a second of the simulated line to the mirror. */
const BYTES_PER_SECOND = 25_000_000;

export function* fetch(sys: Sys, url: string): Blocking<Uint8Array> {
  const [, host = "", port, path = "/"] = /^https?:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? [];
  let address: string;
  try {
    [address = ""] = yield* lookUpHost(sys, host);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    throw new FetchError(error.code === "EAI_NONAME" ? `Could not resolve '${host}'` : `Temporary failure resolving '${host}'`);
  }
  const fd = sys.socket("inet", "stream");
  const portNumber = port === undefined ? 80 : Number(port);
  try {
    yield* sys.connect(fd, { family: "inet", address, port: portNumber });
    yield* writeRequest(sys, fd, "GET", path, host, undefined, [["User-Agent", "Debian APT-HTTP/1.3 (2.6.1)"], ["Connection", "close"]]);
    const reader = new HttpReader(sys, fd);
    const head = yield* reader.responseHead();
    const body = yield* reader.body(head.headers);
    if (head.status !== 200) throw new FetchError(`${head.status}  ${head.status === 404 ? "Not Found" : "Error"} [IP: ${address} ${portNumber}]`);
    return body;
  } catch (error) {
    if (error instanceof SysError) throw new FetchError(`Could not connect to ${host}:${portNumber} (${address}). - connect (${error.errno === "ECONNREFUSED" ? 111 : 113}: ${error.message})`);
    if (error instanceof HttpError) throw new FetchError(`Connection failed [IP: ${address} ${portNumber}]`);
    throw error;
  } finally {
    sys.close(fd);
  }
}

/** The time that so many bytes take. */
export function* transfer(sys: Sys, sizeBytes: number): Blocking<void> {
  yield* sys.sleep(Math.round((sizeBytes / BYTES_PER_SECOND) * 1_000_000));
}

/** apt's SizeToStr with its unit and "B": "65.3 MB", "1041 B". */
export function sizeText(bytes: number): string {
  const units = ["", "k", "M", "G", "T"];
  let value = bytes;
  let unit = 0;
  while (value >= 10_000 || (unit > 0 && value >= 1000 && unit < units.length - 1 && value >= 10_000)) {
    value /= 1000;
    unit++;
  }
  const text = unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  return `${text} ${units[unit] ?? ""}B`;
}
