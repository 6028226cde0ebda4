// Where a transfer's bytes go: names, proxies, connections that stay open for the next transfer of the same call.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { ResolveError, lookUpHost } from "../../daemons/resolver/api.ts";
import { exists } from "../kit/presence.ts";
import type { Account } from "./_account.ts";
import { CurlFailure } from "./_failure.ts";
import type { Operation } from "./_options.ts";
import { type Url, parseUrl } from "./_url.ts";
import { Wire } from "./_wire.ts";

export interface Target {
  readonly host: string;
  readonly port: number;
  /** tells connections of different kinds to the same place apart */
  readonly key: string;
  readonly isProxy: boolean;
}

/** The proxy for a URL: --proxy, or the environment's. */
export function proxyFor(sys: Sys, operation: Operation, url: Url, account: Account): Url | undefined {
  const environment = (name: string): string | undefined => sys.environment.get(name);
  const given = operation.texts.get("proxy");
  const list = operation.texts.get("noproxy") ?? environment("no_proxy") ?? environment("NO_PROXY");
  if (list !== undefined && operation.texts.get("noproxy") === undefined && list !== "") account.info(`Uses proxy env variable no_proxy == '${list}'`);
  const without = (list ?? "").split(/[\s,]+/).some((entry) => entry === "*" || (entry !== "" && (url.host === entry.replace(/^\./, "").toLowerCase() || url.host.endsWith(`.${entry.replace(/^\./, "").toLowerCase()}`))));
  if (without) return undefined;
  const fromEnvironment = (): string | undefined => {
    const names = url.scheme === "http" ? ["http_proxy", "all_proxy", "ALL_PROXY"] : [`${url.scheme}_proxy`, `${url.scheme.toUpperCase()}_PROXY`, "all_proxy", "ALL_PROXY"];
    for (const name of names) {
      const value = environment(name);
      if (value === undefined || value === "") continue;
      account.info(`Uses proxy env variable ${name} == '${value}'`);
      return value;
    }
    return undefined;
  };
  const text = given ?? fromEnvironment();
  if (text === undefined || text === "") return undefined;
  const proxy = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (proxy === undefined) throw new CurlFailure(5, `Unsupported proxy syntax in '${text}'`);
  if (proxy.scheme !== "http" && proxy.scheme !== "https") throw new CurlFailure(7, `${proxy.scheme}: only HTTP proxies are simulated`);
  // without a port a proxy listens at 1080
  return proxy.portGiven || proxy.scheme === "https" ? proxy : { ...proxy, port: 1080 };
}

/** The connections of one call of curl. */
export class Connections {
  readonly #sys: Sys;
  readonly #open = new Map<string, Wire>();
  readonly #known = new Set<string>();
  readonly #fixed = new Map<string, readonly string[]>();
  #next = 0;
  readonly #bundle: string;

  constructor(sys: Sys) {
    this.#sys = sys;
    this.#bundle = `0x55${Array.from(sys.random(5), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  }

  get lastId(): number {
    return this.#next;
  }

  /** --resolve: HOST:PORT:ADDRESS[,ADDRESS]; a minus takes an entry out. */
  fix(entries: readonly string[], account: Account): void {
    for (const entry of entries) {
      const plain = entry.replace(/^\+/, "");
      if (plain.startsWith("-")) {
        this.#fixed.delete(plain.slice(1).toLowerCase());
        continue;
      }
      const match = /^([^:]+):(\d+):(.+)$/.exec(plain);
      if (match === null) throw new CurlFailure(49, `Couldn't parse CURLOPT_RESOLVE entry '${entry}'`);
      const [, host = "", port = "", addresses = ""] = match;
      this.#fixed.set(`${host.toLowerCase()}:${port}`, addresses.split(",").map((address) => address.replace(/^\[|\]$/g, "")));
      account.info(`Added ${host}:${port}:${addresses} to DNS cache`);
    }
  }

  reuse(target: Target, account: Account): Wire | undefined {
    const wire = this.#open.get(target.key);
    if (wire === undefined) return undefined;
    this.#open.delete(target.key);
    account.info(`Found bundle for host: ${this.#bundle} [serially]`);
    account.info("Can not multiplex, even if we wanted to");
    account.info(`Re-using existing connection #${wire.id} with ${target.isProxy ? "proxy" : "host"} ${target.host}`);
    return wire;
  }

  keep(target: Target, wire: Wire): void {
    this.#open.set(target.key, wire);
  }

  *#addresses(target: Target, operation: Operation, account: Account): Blocking<readonly string[]> {
    const fixed = this.#fixed.get(`${target.host}:${target.port}`) ?? this.#fixed.get(`*:${target.port}`);
    const six = operation.flags.has("ipv6");
    const four = operation.flags.has("ipv4");
    if (fixed !== undefined || this.#known.has(target.host)) account.info(`Hostname ${target.host} was found in DNS cache`);
    if (fixed !== undefined) return fixed;
    this.#known.add(target.host);
    const literal = /^\d+\.\d+\.\d+\.\d+$/.test(target.host) ? "inet" : target.host.includes(":") ? "inet6" : undefined;
    if (literal !== undefined) return (six && literal === "inet") || (four && literal === "inet6") ? [] : [target.host];
    try {
      const found = yield* lookUpHost(this.#sys, target.host);
      const all = target.host === "localhost" && !found.includes("::1") ? ["::1", ...found] : found;
      const fit = all.filter((address) => (address.includes(":") ? !four : !six));
      if (fit.length > 0) return fit;
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
    }
    throw new CurlFailure(target.isProxy ? 5 : 6, `Could not resolve ${target.isProxy ? "proxy" : "host"}: ${target.host}`);
  }

  #bind(fd: number, family: "inet" | "inet6", operation: Operation): void {
    const from = operation.texts.get("interface");
    const ports = operation.texts.get("local-port");
    if (from === undefined && ports === undefined) return;
    const isAddress = from !== undefined && /^[\d.]+$|:/.test(from.replace(/^host!/, ""));
    if (from !== undefined && !isAddress && !exists(this.#sys, `/sys/class/net/${from.replace(/^if!/, "")}`)) throw new CurlFailure(45, `Couldn't bind to '${from}'`);
    const address = isAddress ? (from ?? "").replace(/^host!/, "") : family === "inet6" ? "::" : "0.0.0.0";
    const [first = 0, last = first] = (ports ?? "0").split("-").map(Number);
    for (let port = first; ; port++) {
      try {
        this.#sys.bind(fd, { family, address, port });
        return;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        if (port >= last) throw new CurlFailure(45, ports !== undefined ? `bind failed with errno ${error.errno === "EADDRINUSE" ? 98 : 99}: ${error.message}` : `Couldn't bind to '${from ?? ""}'`);
      }
    }
  }

  /** `lookedUp` is told when the name is known. */
  *connect(target: Target, operation: Operation, account: Account, url: Url, startUs: number, lookedUp: () => void): Blocking<Wire> {
    const sys = this.#sys;
    const id = this.#next;
    const took = (): number => Math.floor((sys.clockUs("monotonic") - startUs) / 1000);
    const refused = (): CurlFailure => {
      const text = `Failed to connect to ${target.host} port ${target.port} after ${took()} ms: Couldn't connect to server`;
      return new CurlFailure(7, text, true);
    };
    const abstract = operation.texts.get("abstract-unix-socket");
    const path = operation.texts.get("unix-socket") ?? (abstract === undefined ? undefined : `\0${abstract}`);
    if (path !== undefined) {
      const fd = sys.socket("unix", "stream");
      account.info(`  Trying ${path.replace("\0", "@")}:0...`);
      lookedUp();
      try {
        yield* sys.connect(fd, { family: "unix", path });
      } catch (error) {
        sys.close(fd);
        if (!(error instanceof SysError)) throw error;
        account.info(`connect to ${path.replace("\0", "@")} port 0 failed: ${error.message}`);
        throw refused();
      }
      account.info(`Connected to ${target.host} (${path.replace("\0", "@")}) port ${target.port} (#${id})`);
      this.#next++;
      return new Wire(sys, fd, id, path, target.port);
    }
    const moved = this.#moved(target, operation, url);
    const addresses = yield* this.#addresses(moved, operation, account);
    lookedUp();
    if (addresses.length === 0) throw new CurlFailure(7, "Couldn't connect to server", true);
    const limits = [operation.numbers.get("connect-timeout"), operation.numbers.get("max-time")].filter((value) => value !== undefined && value > 0);
    const limitUs = limits.length === 0 ? undefined : Math.min(...limits.map((value) => value ?? 0)) * 1e6;
    for (const address of addresses) {
      const family = address.includes(":") ? "inet6" : "inet";
      const shown = family === "inet6" ? `[${address}]` : address;
      const fd = sys.socket(family, "stream");
      account.info(`  Trying ${shown}:${moved.port}...`);
      try {
        this.#bind(fd, family, operation);
        if (limitUs !== undefined) sys.setsockopt(fd, "sndtimeo", Math.max(1, limitUs - (sys.clockUs("monotonic") - startUs)));
        yield* sys.connect(fd, { family, address, port: moved.port });
        account.info(`Connected to ${moved.host} (${address}) port ${moved.port} (#${id})`);
        this.#next++;
        return new Wire(sys, fd, id, address, moved.port);
      } catch (error) {
        sys.close(fd);
        if (!(error instanceof SysError)) throw error;
        if ((error.errno === "EINPROGRESS" || error.errno === "EAGAIN" || error.errno === "ETIMEDOUT") && limitUs !== undefined && sys.clockUs("monotonic") - startUs >= limitUs) throw new CurlFailure(28, `Failed to connect to ${target.host} port ${target.port} after ${took()} ms: Timeout was reached`);
        account.info(`connect to ${address} port ${moved.port} failed: ${error.message}`);
        if (error.errno === "EHOSTUNREACH" || error.errno === "ENETUNREACH") continue;
      }
    }
    throw refused();
  }

  #moved(target: Target, operation: Operation, url: Url): Target {
    for (const entry of operation.connectTo) {
      const match = /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/.exec(entry);
      if (match === null) continue;
      const [, fromHost = "", fromPort = "", toHost = "", toPort = ""] = match;
      if (fromHost !== "" && fromHost.toLowerCase() !== url.host) continue;
      if (fromPort !== "" && Number(fromPort) !== url.port) continue;
      return { ...target, host: toHost === "" ? target.host : toHost.replace(/^\[|\]$/g, ""), port: toPort === "" ? target.port : Number(toPort) };
    }
    return target;
  }
}
