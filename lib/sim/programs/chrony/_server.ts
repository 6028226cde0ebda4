// chronyd's state, and what it does with its sources: resolving their names, asking them, serving others.

import { askTime, decodeNtp, encodeNtp } from "../../daemons/ntp/api.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { type Blocking, type SocketAddress, type Sys, SysError } from "../../kernel/sys.ts";
import { Clock } from "./_clock.ts";
import { Configuration, ConfigurationError, type SourceOptions } from "./_configuration.ts";
import { TimeSource } from "./_source.ts";

const ANSWER_TIMEOUT_US = 1_000_000;
/** a name that nobody knows is asked for again after 2 s, 4 s … 2^9 s */
const LEAST_RETRY = 2;
const MOST_RETRY = 9;

interface Unresolved {
  readonly options: SourceOptions;
  atUs: number;
  retry: number;
}

interface ClientRecord {
  ntp: number;
  ntpDropped: number;
  commands: number;
  ntpLastUs: number | undefined;
  commandLastUs: number | undefined;
  ntpIntervalUs: number | undefined;
}

export class Server {
  readonly configuration: Configuration;
  readonly clock: Clock;
  readonly log: (message: string) => Blocking<void>;
  sources: TimeSource[] = [];
  unresolved: Unresolved[] = [];
  readonly clients = new Map<string, ClientRecord>();
  readonly manualEntries: { readonly atUs: number; readonly offsetSeconds: number }[] = [];
  manual = false;
  ntpReceived = 0;
  ntpDropped = 0;
  commandsReceived = 0;
  /** chronyc's shutdown */
  ending = false;
  #resolving = false;
  readonly #wake: (sys: Sys) => Blocking<void>;

  /** `wake`: the main loop shall look again. */
  constructor(configuration: Configuration, controls: boolean, log: (message: string) => Blocking<void>, wake: (sys: Sys) => Blocking<void>) {
    this.configuration = configuration;
    this.log = log;
    this.#wake = wake;
    this.clock = new Clock(configuration, controls, log);
  }

  start(sys: Sys): void {
    for (const options of this.configuration.sources) this.add(sys, options);
    const local = this.configuration.settings.get("local");
    if (local !== undefined) this.clock.startLocal(sys, local);
    this.manual = this.configuration.settings.has("manual");
  }

  /** False: it is there already. */
  add(sys: Sys, options: SourceOptions): boolean {
    const nowUs = sys.clockUs("monotonic");
    if (/^[\d.]+$/.test(options.name)) {
      if (this.sources.some((source) => source.address === options.name)) return false;
      this.sources.push(new TimeSource(options, options.name, nowUs));
    } else this.unresolved.push({ options, atUs: nowUs, retry: LEAST_RETRY });
    return true;
  }

  get unknownAddresses(): number {
    return this.unresolved.reduce((sum, { options }) => sum + (options.kind === "pool" ? 2 * options.maxSources : 1), 0);
  }

  /** When something is to be done next; monotonic. */
  get nextUs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const source of this.sources) if (source.active) next = Math.min(next, source.nextUs);
    if (!this.#resolving) for (const one of this.unresolved) next = Math.min(next, one.atUs);
    return next;
  }

  *tick(sys: Sys): Blocking<void> {
    const nowUs = sys.clockUs("monotonic");
    if (!this.#resolving && this.unresolved.some((one) => one.atUs <= nowUs)) {
      this.#resolving = true;
      sys.fork((thread) => this.#resolve(thread), { thread: true });
    }
    for (const source of this.sources) {
      if (!source.active || source.nextUs > nowUs) continue;
      // until its answer is here
      source.nextUs = Number.POSITIVE_INFINITY;
      sys.fork((thread) => this.#ask(thread, source), { thread: true });
    }
    if (this.clock.slewing) this.clock.slew(sys, this.sources);
  }

  *#ask(sys: Sys, source: TimeSource): Blocking<number> {
    const movedBefore = this.clock.movedSeconds;
    const measurement = yield* askTime(sys, source.address, source.options.port, source.poll, ANSWER_TIMEOUT_US);
    source.note(measurement, sys.clockUs("monotonic"), this.clock.movedSeconds - movedBefore);
    if (this.sources.includes(source)) yield* this.clock.select(sys, this.sources, source);
    yield* this.#wake(sys);
    return 0;
  }

  *#resolve(sys: Sys): Blocking<number> {
    for (const one of this.unresolved.filter((each) => each.atUs <= sys.clockUs("monotonic"))) {
      let addresses: readonly string[] = [];
      try {
        addresses = yield* lookUpHost(sys, one.options.name);
      } catch (error) {
        if (!(error instanceof ResolveError)) throw error;
      }
      const nowUs = sys.clockUs("monotonic");
      const fresh = addresses.filter((address) => !this.sources.some((source) => source.address === address)).slice(0, one.options.kind === "pool" ? one.options.maxSources : 1);
      if (fresh.length === 0) {
        one.atUs = nowUs + 2 ** one.retry * 1e6;
        one.retry = Math.min(MOST_RETRY, one.retry + 1);
        continue;
      }
      this.unresolved = this.unresolved.filter((each) => each !== one);
      for (const address of fresh) this.sources.push(new TimeSource(one.options, address, nowUs));
    }
    this.#resolving = false;
    yield* this.#wake(sys);
    return 0;
  }

  *remove(sys: Sys, source: TimeSource): Blocking<void> {
    this.sources = this.sources.filter((one) => one !== source);
    yield* this.clock.select(sys, this.sources, undefined);
  }

  /** `reload sources`: *.sources files again. */
  *reloadSources(sys: Sys): Blocking<void> {
    const fresh = new Configuration();
    try {
      yield* fresh.readLines(sys, this.configuration.sourceDirectories.map((directory) => `sourcedir ${directory}`), "");
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
    }
    const wanted = new Set(fresh.sources.map((options) => options.name));
    for (const source of this.sources.filter((one) => one.options.fromDirectory && !wanted.has(one.options.name))) yield* this.remove(sys, source);
    const known = new Set([...this.sources, ...this.unresolved].map((one) => one.options.name));
    for (const options of fresh.sources) if (!known.has(options.name)) this.add(sys, options);
  }

  /** A datagram to port 123. */
  *serve(sys: Sys, fd: number, bytes: Uint8Array, from: SocketAddress | undefined): Blocking<void> {
    const receiveUs = sys.clockUs("realtime");
    const question = decodeNtp(bytes);
    if (question === undefined || question.mode !== 3 || from === undefined || from.family === "unix") return;
    this.ntpReceived++;
    const client = this.client(from.address);
    const allowed = this.configuration.ntpAccess.allows(from.address);
    if (!allowed) return;
    client.ntp++;
    if (client.ntpLastUs !== undefined) client.ntpIntervalUs = receiveUs - client.ntpLastUs;
    client.ntpLastUs = receiveUs;
    const tracking = this.clock.tracking(sys);
    const synchronised = tracking.stratum > 0;
    try {
      yield* sys.sendto(fd, encodeNtp({
        leap: synchronised ? tracking.leap : 3, version: question.version, mode: 4, stratum: synchronised ? tracking.stratum : 0, poll: question.poll, precision: -25,
        rootDelaySeconds: tracking.rootDelaySeconds, rootDispersionSeconds: tracking.rootDispersionSeconds, referenceId: tracking.referenceId, referenceUs: tracking.referenceUs, originUs: question.transmitUs, receiveUs, transmitUs: sys.clockUs("realtime"),
      }), from);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  client(address: string): ClientRecord {
    let found = this.clients.get(address);
    if (found === undefined) {
      found = { ntp: 0, ntpDropped: 0, commands: 0, ntpLastUs: undefined, commandLastUs: undefined, ntpIntervalUs: undefined };
      this.clients.set(address, found);
    }
    return found;
  }
}
