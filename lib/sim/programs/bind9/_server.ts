// named's state: its configuration, the zones it serves, its cache, and who may ask what.
import { type Blocking, O, type Sys, SysError, concatBytes, encode } from "../../kernel/sys.ts";
import { type Clause, type Configuration, type ListElement, isPrimary, isSecondary, meaningProblems, optionText, readConfiguration, zonesOf } from "../bind9-utils/_configuration.ts";
import { loadZone, zoneLabel } from "../kit/dns/load-zone.ts";
import { type DnsMessage, type Rcode, decodeMessage, encodeMessage } from "../kit/dns/message.ts";
import { dotted, ipv4Bytes, isBelow, labelsOf, sameName, undotted } from "../kit/dns/names.ts";
import { readBytesOrThrow } from "../kit/dns/read-file.ts";
import { CLASS, type ResourceRecord, TYPE } from "../kit/dns/records.ts";
import { Zone } from "../kit/dns/zone.ts";
import { loadZoneFile } from "../kit/dns/zone-file.ts";
import { zoneFileText } from "../kit/dns/zone-text.ts";
import { writeWhole } from "./_files.ts";
import type { Log, Severity } from "./_log.ts";
import { changeZone } from "./_change.ts";

export interface Served {
  readonly clause: Clause | undefined;
  readonly origin: string;
  readonly kind: "primary" | "secondary" | "forward" | "automatic";
  file: string | undefined;
  zone: Zone | undefined;
  loadedUs: number;
  fileMtimeUs: number;
  frozen: boolean;
  /** changed since the file was written */
  dirty: boolean;
  refreshing: boolean;
  refreshAtUs: number;
}

interface Cached {
  readonly rcode: Rcode;
  readonly records: readonly ResourceRecord[];
  readonly untilUs: number;
}

const JOURNAL_MAGIC = ";BIND LOG V9.2\n";

const privateReverse = [
  "10", ...Array.from({ length: 16 }, (_, at) => `${at + 16}.172`), "168.192", ...Array.from({ length: 64 }, (_, at) => `${at + 64}.100`), "254.169", "2.0.192", "100.51.198", "113.0.203", "255.255.255.255",
].map((name) => `${name}.IN-ADDR.ARPA.`);
const privateReverse6 = [`${"0.".repeat(32)}IP6.ARPA.`, `1.${"0.".repeat(31)}IP6.ARPA.`, "D.F.IP6.ARPA.", "8.E.F.IP6.ARPA.", "9.E.F.IP6.ARPA.", "A.E.F.IP6.ARPA.", "B.E.F.IP6.ARPA.", "8.B.D.0.1.0.0.2.IP6.ARPA."];
/** Zones that are served empty unless configured: nobody outside can answer for them (RFC 6303). */
const EMPTY_ZONES = [...privateReverse, ...privateReverse6, "EMPTY.AS112.ARPA.", "HOME.ARPA.", "RESOLVER.ARPA."];

export class Named {
  readonly log: Log;
  readonly configurationPath: string;
  readonly port: number | undefined;
  readonly bootUs: number;
  configuration: Configuration = { clauses: [], problems: [] };
  configuredUs = 0;
  zones = new Map<string, Served>();
  hints: readonly ResourceRecord[] = [];
  readonly cache = new Map<string, Cached>();
  queryLog = false;
  debugLevel = 0;
  tcpHighWater = 0;
  readonly counts = new Map<string, number>();
  ending = false;

  constructor(sys: Sys, log: Log, configurationPath: string, port: number | undefined) {
    this.log = log;
    this.configurationPath = configurationPath;
    this.port = port;
    this.bootUs = sys.clockUs("realtime");
  }

  *say(sys: Sys, message: string, category = "general", severity: Severity = "info"): Blocking<void> {
    yield* this.log.write(sys, category, severity, message);
  }

  get options(): Clause | undefined {
    return this.configuration.clauses.find((clause) => clause.kind === "options");
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Reads named.conf and makes the tables anew; false when it is wrong: what was stays. */
  *configure(sys: Sys): Blocking<boolean> {
    yield* this.say(sys, `loading configuration from '${this.configurationPath}'`);
    let read: Configuration;
    try {
      read = yield* readConfiguration(sys, this.configurationPath);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.say(sys, `open: ${this.configurationPath}: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`, "config", "error");
      yield* this.say(sys, `loading configuration: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`, "general", "error");
      return false;
    }
    const directory = read.clauses.find((clause) => clause.kind === "options")?.options.get("directory")?.[0];
    const problems = [...read.problems];
    if (problems.length === 0 && directory !== undefined) {
      try {
        sys.chdir(directory.text);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        problems.push(`${directory.file}:${directory.line}: change directory to '${directory.text}' failed: ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`);
      }
    }
    if (problems.length === 0) problems.push(...meaningProblems(read));
    if (problems.length > 0) {
      for (const problem of problems) yield* this.say(sys, problem, "config", "error");
      yield* this.say(sys, "loading configuration: failure", "general", "error");
      return false;
    }
    this.configuration = read;
    this.log.configure(read);
    this.configuredUs = sys.clockUs("realtime");
    const querylog = optionText(this.options, "querylog");
    if (querylog !== undefined) this.queryLog = querylog === "yes";
    return true;
  }

  /** The table of zones as configured: those that were stay loaded. */
  *makeZones(sys: Sys): Blocking<void> {
    const before = this.zones;
    this.zones = new Map();
    for (const clause of zonesOf(this.configuration)) {
      const origin = dotted(clause.name);
      const type = optionText(clause, "type");
      const file = optionText(clause, "file");
      if (type === "hint") {
        try {
          this.hints = (yield* loadZoneFile(sys, file ?? "", ".", { checkNames: "ignore" })).records;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* this.say(sys, `could not configure root hints from '${file ?? ""}': ${error.errno === "ENOENT" ? "file not found" : error.message.toLowerCase()}`, "general", "error");
        }
        continue;
      }
      const kind = isPrimary(clause) ? "primary" : isSecondary(clause) ? "secondary" : "forward";
      const old = before.get(origin.toLowerCase());
      this.zones.set(origin.toLowerCase(), old?.kind === kind && old.file === file ? { ...old, clause } : { clause, origin, kind, file, zone: undefined, loadedUs: 0, fileMtimeUs: 0, frozen: false, dirty: false, refreshing: false, refreshAtUs: 0 });
    }
    if (optionText(this.options, "empty-zones-enable") === "no" || optionText(this.options, "recursion") === "no") return;
    for (const origin of EMPTY_ZONES) {
      if (this.zones.has(origin.toLowerCase())) continue;
      yield* this.say(sys, `automatic empty zone: ${undotted(origin)}`);
      const base = { name: origin, class: CLASS.IN, ttlSeconds: 86_400 };
      const zone = new Zone(origin, [{ ...base, type: TYPE.SOA, data: [origin, ".", "0", "28800", "7200", "604800", "86400"] }, { ...base, type: TYPE.NS, data: [origin] }]);
      this.zones.set(origin.toLowerCase(), { clause: undefined, origin, kind: "automatic", file: undefined, zone, loadedUs: this.bootUs, fileMtimeUs: 0, frozen: false, dirty: false, refreshing: false, refreshAtUs: 0 });
    }
  }

  /** Loads a primary from its file with its journal; a secondary from the copy it has. `unless`: not when the file is as it was. */
  *load(sys: Sys, served: Served, unless: "unchanged" | "never" = "never"): Blocking<"loaded" | "up to date" | "failed"> {
    if (served.file === undefined) return "failed";
    let mtime = 0;
    try {
      mtime = sys.stat(served.file).mtimeUs;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (served.kind === "secondary") return "failed";
    }
    if (unless === "unchanged" && served.zone !== undefined && served.fileMtimeUs === mtime) return "up to date";
    const names = optionText(served.clause, "check-names");
    const loaded = yield* loadZone(sys, served.file, served.origin, { checkNames: served.kind === "secondary" ? "warn" : names === "ignore" || names === "warn" ? names : "fail" });
    for (const message of loaded.messages.slice(0, -1)) yield* this.say(sys, message, "general", /failed: /.test(message) ? "error" : "warning");
    if (loaded.zone === undefined) {
      yield* this.say(sys, loaded.messages.at(-1) ?? "", "zoneload", "error");
      // what was served before goes on being served
      return "failed";
    }
    if (served.zone !== undefined && unless !== "never" && served.zone.serial === loaded.zone.serial && served.kind === "primary") yield* this.say(sys, `${zoneLabel(served.origin)}: zone serial (${loaded.zone.serial}) unchanged. zone may fail to transfer to secondaries.`, "general", "warning");
    served.zone = loaded.zone;
    served.loadedUs = sys.clockUs("realtime");
    served.fileMtimeUs = mtime;
    yield* this.#readJournal(sys, served);
    yield* this.say(sys, `${zoneLabel(served.origin)}: loaded serial ${served.zone.serial}`, "zoneload");
    return "loaded";
  }

  isDynamic(served: Served): boolean {
    const update = served.clause?.options.get("allow-update")?.[0];
    return served.kind === "primary" && (served.clause?.options.has("update-policy") === true || (update !== undefined && !(update.elements?.length === 1 && update.elements[0]?.text === "none")));
  }

  *#readJournal(sys: Sys, served: Served): Blocking<void> {
    if (served.kind !== "primary" || served.zone === undefined) return;
    try {
      const bytes = yield* readBytesOrThrow(sys, `${served.file ?? ""}.jnl`);
      for (let at = JOURNAL_MAGIC.length; at + 2 <= bytes.length;) {
        const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
        const message = decodeMessage(bytes.subarray(at + 2, at + 2 + length));
        if (message !== undefined) changeZone(served.zone, message.authority);
        at += 2 + length;
        served.dirty = true;
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  /** Adds an update to the zone's journal. Errors: SysError (it cannot be written). */
  *journal(sys: Sys, served: Served, update: DnsMessage): Blocking<void> {
    const fd = yield* sys.open(`${served.file ?? ""}.jnl`, O.WRONLY | O.CREAT | O.APPEND, 0o644);
    try {
      const bytes = encodeMessage(update);
      yield* sys.write(fd, concatBytes([sys.fstat(fd).sizeBytes === 0 ? encode(JOURNAL_MAGIC) : new Uint8Array(), Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes]));
    } finally {
      sys.close(fd);
    }
    served.dirty = true;
  }

  /** Writes a changed zone to its file; with `clean` its journal goes. */
  *dump(sys: Sys, served: Served, clean: boolean): Blocking<void> {
    if (served.zone === undefined || served.file === undefined) return;
    try {
      if (served.dirty) {
        yield* writeWhole(sys, served.file, encode(zoneFileText(served.zone)));
        served.fileMtimeUs = sys.stat(served.file).mtimeUs;
        served.dirty = false;
      }
      if (clean) sys.unlink(`${served.file}.jnl`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno !== "ENOENT") yield* this.say(sys, `dumping master file: ${served.file}: open: ${error.message.toLowerCase()}`, "general", "error");
    }
  }

  /** The zone that a name belongs to, of those that are not only forwarded. */
  zoneOf(name: string): Served | undefined {
    const labels = labelsOf(name);
    for (let at = 0; at <= labels.length; at++) {
      const served = this.zones.get(at === labels.length ? "." : `${labels.slice(at).join(".")}.`.toLowerCase());
      if (served !== undefined && served.kind !== "forward") return served;
    }
    return undefined;
  }

  /** Whom to hand questions for a name on to: the closest forward zone's servers, else those of options. */
  forwardersOf(name: string): { readonly servers: readonly { readonly address: string; readonly port: number }[]; readonly only: boolean } {
    const zones = [...this.zones.values()].filter((one) => one.kind === "forward" && isBelow(name, one.origin)).toSorted((one, other) => other.origin.length - one.origin.length);
    const clause = zones[0]?.clause ?? this.options;
    const list = clause?.options.get("forwarders")?.[0];
    return { servers: (list?.elements ?? []).map((one) => ({ address: one.text, port: one.port ?? list?.port ?? 53 })), only: optionText(clause, "forward") === "only" };
  }

  cached(sys: Sys, name: string, type: number): { readonly rcode: Rcode; readonly records: readonly ResourceRecord[] } | undefined {
    const one = this.cache.get(`${name.toLowerCase()} ${type}`);
    const leftUs = (one?.untilUs ?? 0) - sys.clockUs("monotonic");
    if (one === undefined || leftUs <= 0) return undefined;
    return { rcode: one.rcode, records: one.records.map((record) => ({ ...record, ttlSeconds: Math.min(record.ttlSeconds, Math.ceil(leftUs / 1e6)) })) };
  }

  remember(sys: Sys, name: string, type: number, rcode: Rcode, records: readonly ResourceRecord[]): void {
    const seconds = records.length === 0 ? 300 : Math.min(...records.map((record) => record.ttlSeconds));
    this.cache.set(`${name.toLowerCase()} ${type}`, { rcode, records, untilUs: sys.clockUs("monotonic") + seconds * 1e6 });
  }

  /** An address under an address_match_list: the first element that fits decides. `key`: of a signed request. */
  matches(sys: Sys, elements: readonly ListElement[], address: string): boolean {
    return this.#decision(sys, elements, address) === true;
  }

  #decision(sys: Sys, elements: readonly ListElement[], address: string): boolean | undefined {
    for (const element of elements) {
      if (this.#fits(sys, element, address)) return !element.negated;
    }
    return undefined;
  }

  #fits(sys: Sys, element: ListElement, address: string): boolean {
    if (element.nested !== undefined) return this.#decision(sys, element.nested, address) === true;
    if (element.key) return false;
    if (element.text === "any") return true;
    if (element.text === "none") return false;
    if (element.text === "localhost" || element.text === "localnets") {
      return sys.rtnetlink({ op: "address-list" }).some((one) => (element.text === "localhost" ? one.address === address : inPrefix(address, one.address, one.prefixLength)));
    }
    const acl = this.configuration.clauses.find((clause) => clause.kind === "acl" && clause.name === element.text);
    if (acl !== undefined) return this.#decision(sys, acl.elements, address) === true;
    const [network = "", length] = element.text.split("/");
    const full = network.includes(":") ? network : [...network.split("."), "0", "0", "0"].slice(0, 4).join(".");
    return inPrefix(address, full, length === undefined ? (network.includes(":") ? 128 : 32) : Number(length));
  }

  /** allow-query and its like: the zone's, else those of options; undefined when neither has it. */
  listOf(served: Served | undefined, option: string): readonly ListElement[] | undefined {
    return (served?.clause?.options.get(option) ?? this.options?.options.get(option))?.[0]?.elements;
  }

  mayRecurse(sys: Sys, address: string): boolean {
    if (optionText(this.options, "recursion") === "no") return false;
    const list = this.listOf(undefined, "allow-recursion") ?? this.listOf(undefined, "allow-query-cache") ?? this.listOf(undefined, "allow-query");
    if (list !== undefined) return this.matches(sys, list, address);
    return sys.rtnetlink({ op: "address-list" }).some((one) => inPrefix(address, one.address, one.prefixLength));
  }
}

function inPrefix(address: string, network: string, length: number): boolean {
  const [one, other] = [ipv4Bytes(address), ipv4Bytes(network)];
  if (one === undefined || other === undefined) return sameName(address, network);
  const bits = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("").slice(0, length);
  return bits(one) === bits(other);
}
