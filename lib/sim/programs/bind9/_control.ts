// The commands of rndc as named carries them out (rndc(8) of BIND 9.18).
import { type Blocking, type Sys, encode } from "../../kernel/sys.ts";
import { VERSION } from "../bind9-utils/_bind-program.ts";
import type { ControlReply } from "../bind9-utils/_control-channel.ts";
import { dotted, isBelow, sameName, undotted } from "../kit/dns/names.ts";
import { dataText, typeText } from "../kit/dns/records.ts";
import { fullLine } from "../kit/dns/zone-text.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { writeWhole } from "./_files.ts";
import { loadAll, loadChanged } from "./_load.ts";
import type { Named, Served } from "./_server.ts";
import { refresh, sendNotifies, thread } from "./_transfer.ts";

export const VERSION_LINE = `BIND ${VERSION} (Extended Support Version) <id:>`;

const gmt = (us: number): string => strftime("%a, %d %b %Y %H:%M:%S GMT", civilAt(UTC, Math.floor(us / 1e6)));

const done = (text = ""): ControlReply => ({ text });
const failed = (failure: string, text = ""): ControlReply => ({ failure, text });

function status(sys: Sys, named: Named): string {
  const { release, version, nodename } = sys.uname();
  const zones = [...named.zones.values()];
  const automatic = zones.filter((one) => one.kind === "automatic").length;
  const configured = zones.length - automatic + (named.hints.length > 0 ? 1 : 0);
  return [
    `version: ${VERSION_LINE}`, `running on ${nodename}: Linux x86_64 ${release} ${version}`, `boot time: ${gmt(named.bootUs)}`, `last configured: ${gmt(named.configuredUs)}`, `configuration file: ${named.configurationPath}`,
    `CPUs found: ${cpus(sys)}`, `worker threads: ${cpus(sys)}`, `UDP listeners per interface: ${cpus(sys)}`, `number of zones: ${configured + automatic} (${automatic} automatic)`, `debug level: ${named.debugLevel}`, "xfers running: 0", "xfers deferred: 0", "soa queries in progress: 0",
    `query logging is ${named.queryLog ? "ON" : "OFF"}`, "recursive clients: 0/900/1000", "tcp clients: 0/150", `TCP high-water: ${named.tcpHighWater}`, "server is up and running",
  ].join("\n");
}

/** Processors that the machine has. */
export function cpus(sys: Sys): number {
  return sys.readdir("/sys/devices/system/cpu").filter((entry) => /^cpu\d+$/.test(entry.name)).length;
}

function zoneStatus(named: Named, served: Served): string {
  const { zone } = served;
  return [
    `name: ${undotted(served.origin)}`, `type: ${served.kind}`, `files: ${served.file ?? ""}`, `serial: ${zone?.serial ?? 0}`, `nodes: ${zone?.nodeCount ?? 0}`, `last loaded: ${gmt(served.loadedUs)}`, "secure: no", `dynamic: ${named.isDynamic(served) || served.kind === "secondary" ? "yes" : "no"}`,
    ...(named.isDynamic(served) ? [`frozen: ${served.frozen ? "yes" : "no"}`] : []), "reconfigurable via modzone: no",
  ].join("\n");
}

export function* control(sys: Sys, named: Named, line: string): Blocking<ControlReply> {
  yield* named.say(sys, `received control channel command '${line}'`);
  const [word = "", ...rest] = line.trim().split(/\s+/);
  const name = rest.find((one) => !one.startsWith("-"));
  const served = name === undefined ? undefined : named.zones.get(dotted(name).toLowerCase());
  const noZone = (): ControlReply => (name === undefined ? failed("unexpected end of input") : failed("not found", `no matching zone '${name}' in any view`));
  const background = (body: (own: Sys) => Blocking<void>): void => {
    sys.fork((own) => thread(own, () => body(own)), { thread: true });
  };
  switch (word) {
    case "status": return done(status(sys, named));
    case "null": return done();
    case "reload":
    case "reconfig": {
      if (word === "reload" && name !== undefined) {
        if (served === undefined || served.kind === "forward") return noZone();
        if (served.kind === "secondary") {
          background((own) => refresh(own, named, served, false));
          return done("zone refresh queued");
        }
        if (named.isDynamic(served) && !served.frozen) return failed("dynamic zone");
        const result = yield* named.load(sys, served, "unchanged");
        if (result === "loaded") yield* sendNotifies(sys, named, served);
        return result === "failed" ? failed("failure") : done(result === "loaded" ? "zone reload successful" : "zone reload up-to-date");
      }
      if (!(yield* named.configure(sys))) {
        yield* named.say(sys, "reloading configuration failed: failure", "general", "error");
        return failed("failure");
      }
      yield* named.makeZones(sys);
      yield* named.say(sys, "reloading configuration succeeded");
      if (word === "reconfig") yield* named.say(sys, "scheduled loading new zones");
      else yield* named.say(sys, "reloading zones succeeded");
      background((own) => (word === "reload" ? loadAll(own, named, true) : loadChanged(own, named)));
      return done(word === "reload" ? "server reload successful" : "");
    }
    case "flush":
      named.cache.clear();
      yield* named.say(sys, "flushing caches in all views succeeded");
      return done();
    case "flushname":
    case "flushtree": {
      if (name === undefined) return failed("unexpected end of input");
      for (const key of named.cache.keys()) {
        const owner = key.split(" ")[0] ?? "";
        if (word === "flushtree" ? isBelow(owner, dotted(name)) : sameName(owner, dotted(name))) named.cache.delete(key);
      }
      yield* named.say(sys, `flushing ${word === "flushname" ? "name" : "tree"} '${name}' in all cache views succeeded`);
      return done();
    }
    case "querylog": {
      if (name !== undefined && !/^(?:on|off|yes|no|true|false|enable|disable)$/.test(name)) return failed("syntax error");
      named.queryLog = name === undefined ? !named.queryLog : /^(?:on|yes|true|enable)$/.test(name);
      yield* named.say(sys, `query logging is now ${named.queryLog ? "on" : "off"}`);
      return done();
    }
    case "zonestatus": return served === undefined || served.kind === "forward" ? noZone() : served.zone === undefined ? failed("zone not loaded") : done(zoneStatus(named, served));
    case "freeze":
    case "thaw": {
      if (name !== undefined && served === undefined) return noZone();
      const zones = served === undefined ? [...named.zones.values()].filter((one) => named.isDynamic(one)) : [served];
      if (served !== undefined && !named.isDynamic(served)) return failed("not dynamic");
      if (served !== undefined && word === "freeze" && served.frozen) {
        yield* named.say(sys, `freezing zone '${undotted(served.origin)}/IN': already frozen`);
        return failed("already frozen", "WARNING: The zone was already frozen.\nSomeone else may be editing it or it may still be re-loading.");
      }
      for (const one of zones) {
        if (word === "freeze") yield* named.dump(sys, one, true);
        one.frozen = word === "freeze";
        if (word === "thaw") yield* named.load(sys, one, "unchanged");
        if (served !== undefined) yield* named.say(sys, `${word === "freeze" ? "freezing" : "thawing"} zone '${undotted(one.origin)}/IN': success`);
      }
      if (served === undefined) yield* named.say(sys, `${word === "freeze" ? "freezing" : "thawing"} all zones: success`);
      return done(word === "thaw" && served !== undefined ? "The zone reload and thaw was successful." : "");
    }
    case "sync": {
      if (name !== undefined && served === undefined) return noZone();
      const clean = rest.includes("-clean");
      for (const one of served === undefined ? named.zones.values() : [served]) if (named.isDynamic(one)) yield* named.dump(sys, one, clean);
      yield* named.say(sys, served === undefined ? `dumping all zones${clean ? ", removing journal files" : ""}: success` : `sync: dumping zone '${undotted(served.origin)}/IN'${clean ? ", removing journal file" : ""}: success`);
      return done();
    }
    case "retransfer":
      if (served === undefined) return noZone();
      if (served.kind !== "secondary") return failed("failure", `retransfer: inappropriate zone type: ${served.kind}`);
      background((own) => refresh(own, named, served, true));
      return done();
    case "refresh":
      if (served === undefined) return noZone();
      if (served.kind !== "secondary") return failed("failure", "not a secondary, mirror, or stub zone");
      background((own) => refresh(own, named, served, false));
      return done("zone refresh queued");
    case "notify":
      if (served === undefined) return noZone();
      yield* sendNotifies(sys, named, served);
      return done("zone notify queued");
    case "dumpdb": {
      yield* named.say(sys, `dumpdb started${rest.length > 0 ? `: ${rest.join(" ")}` : ""}`);
      const rows = [...named.cache].flatMap(([key, { records, rcode }]) => (records.length === 0 ? [`; ${rcode.toLowerCase()}\n; ${key.split(" ")[0] ?? ""} ${typeText(Number(key.split(" ")[1]))}\n`] : records.map((record) => `; answer\n${record.name}\t\t${record.ttlSeconds}\t${typeText(record.type)}\t${dataText(record)}\n`)));
      const zones = rest.includes("-all") || rest.includes("-zones") ? [...named.zones.values()].flatMap(({ origin, zone, kind }) => (zone === undefined ? [] : [`;\n; Zone dump of '${undotted(origin)}/IN'\n;\n`, ...(kind === "automatic" ? ["; not implemented\n"] : zone.records.map(fullLine))])) : [];
      yield* writeWhole(sys, named.options?.options.get("dump-file")?.[0]?.text ?? "named_dump.db", encode(`;\n; Start view _default\n;\n;\n; Cache dump of view '_default' (cache _default)\n;\n; using a 0 second stale ttl\n$DATE ${strftime("%Y%m%d%H%M%S", civilAt(UTC, Math.floor(sys.clockUs("realtime") / 1e6)))}\n${rows.join("")}${zones.join("")}; Dump complete\n`));
      yield* named.say(sys, "dumpdb complete");
      return done();
    }
    case "stats": {
      const seconds = Math.floor(sys.clockUs("realtime") / 1e6);
      const section = (heading: string, kind: string): string => `++ ${heading} ++\n${[...named.counts].filter(([key]) => key.startsWith(kind)).map(([key, count]) => `${String(count).padStart(20)} ${key.slice(kind.length)}\n`).join("")}`;
      yield* writeWhole(sys, named.options?.options.get("statistics-file")?.[0]?.text ?? "named.stats", encode(`+++ Statistics Dump +++ (${seconds})\n${section("Incoming Queries", "query ")}${section("Outgoing Rcodes", "rcode ")}--- Statistics Dump --- (${seconds})\n`));
      yield* named.say(sys, "dumpstats complete");
      return done();
    }
    case "recursing":
      yield* writeWhole(sys, "named.recursing", encode(";\n; Recursing Queries\n;\n;\n; Active fetch domains [view: _default]\n;\n;\n; Active fetch domains [view: _bind]\n;\n; Dump complete\n"));
      yield* named.say(sys, "dumprecursing complete");
      return done();
    case "trace":
    case "notrace": {
      const level = word === "notrace" ? 0 : name === undefined ? named.debugLevel + 1 : Number(name);
      if (!Number.isInteger(level) || level < 0) return failed("bad number");
      named.debugLevel = level;
      yield* named.say(sys, `debug level is now ${level}`);
      return done();
    }
    case "serve-stale": return name === "status" ? done("_default: stale cache disabled; stale answers unavailable\n_bind: stale cache disabled; stale answers unavailable") : name === undefined ? failed("unexpected end of input") : failed("failure");
    case "showzone": return served === undefined ? noZone() : failed("failure");
    case "addzone":
    case "modzone": return failed("permission denied", "Not allowing new zones in view '_default'");
    case "delzone": return served === undefined ? noZone() : failed("permission denied", `zone '${undotted(served.origin)}' was not added by 'rndc addzone'.`);
    case "scan": return done();
    case "stop":
    case "halt":
      named.ending = true;
      if (word === "stop") for (const one of named.zones.values()) yield* named.dump(sys, one, false);
      return done(rest.includes("-p") ? `pid: ${sys.getpid()}` : "");
    default:
      yield* named.say(sys, `unknown control channel command '${word}'`, "general", "error");
      return failed("unknown command");
  }
}
