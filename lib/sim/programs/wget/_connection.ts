// The way to a server: names, connections, and the one that stays open for the next request (src/host.c, src/connect.c of wget 1.21).
import { type Blocking, POLL, type Sys, SysError } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { HttpReader, connectStream } from "../kit/http-message.ts";
import { Failure, STATUS } from "./_failure.ts";
import type { Log } from "./_log.ts";
import type { Settings } from "./_settings.ts";

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Connection extends Place {
  readonly fd: number;
  readonly reader: HttpReader;
}

const isLiteral = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(":");

export class Connections {
  readonly #sys: Sys;
  readonly #log: Log;
  readonly #settings: Settings;
  readonly #resolved = new Map<string, readonly string[]>();
  #kept: Connection | undefined;

  constructor(log: Log, settings: Settings) {
    this.#sys = log.sys;
    this.#log = log;
    this.#settings = settings;
  }

  *#addresses(host: string): Blocking<readonly string[]> {
    const wanted = (address: string): boolean => (this.#settings.ipv4 ? !address.includes(":") : !this.#settings.ipv6 || address.includes(":"));
    const known = this.#resolved.get(host);
    if (known !== undefined) return known;
    if (isLiteral(host)) {
      if (wanted(host)) return [host];
      yield* this.#log.report("failed: Address family for hostname not supported.\n");
      yield* this.#log.report(`${this.#log.io.argv0}: unable to resolve host address ‘${host}’\n`);
      throw new Failure(STATUS.network);
    }
    yield* this.#log.say(`Resolving ${host} (${host})... `);
    try {
      const found = [...(host === "localhost" ? ["::1"] : []), ...(yield* lookUpHost(this.#sys, host))].filter(wanted);
      if (found.length === 0) throw new ResolveError("EAI_NONAME");
      yield* this.#log.say(`${found.slice(0, 3).join(", ")}${found.length > 3 ? ", ..." : ""}\n`);
      this.#resolved.set(host, found);
      return found;
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      yield* this.#log.say(`failed: ${error.message}.\n`);
      yield* this.#log.report(`${this.#log.io.argv0}: unable to resolve host address ‘${host}’\n`);
      throw new Failure(STATUS.network);
    }
  }

  /** The other end has not closed meanwhile. */
  *#stillOpen(connection: Connection): Blocking<boolean> {
    const ready = yield* this.#sys.poll([{ fd: connection.fd, events: POLL.IN }], 0);
    return ready.length === 0;
  }

  *to(place: Place): Blocking<Connection> {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept !== undefined) {
      if (kept.host === place.host && kept.port === place.port && (yield* this.#stillOpen(kept))) {
        yield* this.#log.say(`Reusing existing connection to ${place.host.includes(":") ? `[${place.host}]` : place.host}:${place.port}.\n`);
        return kept;
      }
      this.#sys.close(kept.fd);
    }
    const limit = this.#settings.connectTimeout;
    let last: SysError | undefined;
    for (const address of yield* this.#addresses(place.host)) {
      const shown = address.includes(":") ? `[${address}]` : address;
      yield* this.#log.say(isLiteral(place.host) ? `Connecting to ${shown}:${place.port}... ` : `Connecting to ${place.host} (${place.host})|${address}|:${place.port}... `);
      try {
        const fd = yield* connectStream(this.#sys, address, place.port, limit === 0 ? undefined : limit * 1e6);
        yield* this.#log.say("connected.\n");
        if (this.#settings.readTimeout > 0) this.#sys.setsockopt(fd, "rcvtimeo", this.#settings.readTimeout * 1e6);
        return { ...place, fd, reader: new HttpReader(this.#sys, fd) };
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        last = error;
        yield* this.#log.report(`failed: ${error.message}.\n`);
      }
    }
    const fatal = last === undefined || ["ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(last.errno);
    throw new Failure(STATUS.network, !fatal || this.#settings.retryRefused);
  }

  /** Done with it; `reusable`: all of the answer is read and the server goes on. */
  release(connection: Connection, reusable: boolean): void {
    if (reusable && this.#settings.keepAlive) this.#kept = connection;
    else this.#sys.close(connection.fd);
  }

  end(): void {
    if (this.#kept !== undefined) this.#sys.close(this.#kept.fd);
    this.#kept = undefined;
  }
}
