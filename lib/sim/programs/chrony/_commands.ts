// chronyc's requests, carried out by chronyd. Over the network only those that change and reveal nothing are (chronyc(1), SECURITY).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { parseSource } from "./_configuration.ts";
import type { ClientReport, NtpReport, Reply, SourceReport, Status } from "./_protocol.ts";
import type { Server } from "./_server.ts";
import type { TimeSource } from "./_source.ts";
import { statisticsOf } from "./_sample-statistics.ts";
import { parseSubnet } from "./_subnets.ts";

const OPEN = new Set(["tracking", "sources", "sourcestats", "selectdata", "activity", "sourcename", "manual-list", "rtcdata", "smoothing", "null"]);

function reportOf(sys: Sys, server: Server, source: TimeSource): SourceReport {
  const last = source.samples.at(-1);
  const measured = last?.offsetSeconds ?? 0;
  return {
    kind: source.options.kind, name: source.options.name, address: source.address, selection: source.selection, stratum: source.stratum, poll: source.bursting ? Math.max(0, source.minpoll) : source.poll, reach: source.reach,
    lastSeconds: source.lastAtUs === undefined ? undefined : Math.floor((sys.clockUs("monotonic") - source.lastAtUs) / 1e6),
    adjustedSeconds: measured - server.clock.pendingSeconds, measuredSeconds: last === undefined ? 0 : -(source.last?.offsetSeconds ?? 0), errorSeconds: last === undefined ? 0 : source.rootDistanceSeconds,
    options: source.options.selection, statistics: source.statistics(),
  };
}

function ntpReportOf(source: TimeSource): NtpReport {
  const packet = source.last?.packet;
  return {
    address: source.address, port: source.options.port, localAddress: source.last?.localAddress ?? "", leap: packet?.leap ?? 0, version: packet?.version ?? 0, stratum: packet?.stratum ?? 0, poll: packet?.poll ?? 0, precision: packet?.precision ?? 0,
    rootDelaySeconds: packet?.rootDelaySeconds ?? 0, rootDispersionSeconds: packet?.rootDispersionSeconds ?? 0, referenceId: packet?.referenceId ?? 0, referenceUs: packet?.referenceUs ?? 0,
    offsetSeconds: source.last?.offsetSeconds ?? 0, delaySeconds: source.last?.delaySeconds ?? 0, dispersionSeconds: packet === undefined ? 0 : 2 ** packet.precision, transmitted: source.transmitted, received: source.received, valid: source.valid,
  };
}

/** "MASK/ADDRESS", "ADDRESS" or nothing for all: those sources. */
function* chosen(server: Server, word: string | undefined): Generator<TimeSource> {
  const [first = "", second] = (word ?? "").split("/");
  const address = second ?? first;
  const bits = second === undefined ? "32" : /^\d+$/.test(first) ? first : String(first.split(".").map((part) => Number(part).toString(2)).join("").replaceAll("0", "").length);
  const subnet = word === undefined ? undefined : parseSubnet(`${address}/${bits}`);
  for (const source of server.sources) {
    if (word === undefined || source.options.name === word || (typeof subnet === "object" && parseSubnet(`${source.address}/${subnet.bits}`) !== undefined && JSON.stringify(parseSubnet(`${source.address}/${subnet.bits}`)) === JSON.stringify(subnet))) yield source;
  }
}

const ok: Reply = { status: "ok" };
const no = (status: Status): Reply => ({ status });

export function* carryOut(sys: Sys, server: Server, words: readonly string[], privileged: boolean): Blocking<Reply> {
  const [name = "", first, second] = words;
  const nowUs = sys.clockUs("monotonic");
  if (!privileged && !OPEN.has(name)) return no("unauthorised");
  const find = (address: string | undefined): TimeSource | undefined => server.sources.find((source) => source.address === address || source.options.name === address);
  switch (name) {
    case "tracking": return { status: "ok", tracking: server.clock.tracking(sys) };
    case "sources": case "sourcestats": case "selectdata": case "authdata": {
      const unresolved = first !== "all" ? [] : server.unresolved.flatMap(({ options }) => Array.from({ length: options.kind === "pool" ? 2 * options.maxSources : 1 }, (): SourceReport => ({
        kind: options.kind, name: options.name, address: "", selection: "?", stratum: 0, poll: options.minpoll, reach: 0, lastSeconds: undefined, adjustedSeconds: 0, measuredSeconds: 0, errorSeconds: 0, options: [], statistics: statisticsOf([], 0),
      })));
      const clocks = server.configuration.referenceClocks.map((clock): SourceReport => ({ kind: "refclock", name: clock, address: clock, selection: "?", stratum: 0, poll: 4, reach: 0, lastSeconds: undefined, adjustedSeconds: 0, measuredSeconds: 0, errorSeconds: 0, options: [], statistics: statisticsOf([], 0) }));
      return { status: "ok", sources: [...clocks, ...server.sources.map((source) => reportOf(sys, server, source)), ...unresolved] };
    }
    case "activity": {
      const count = (test: (source: TimeSource) => boolean): number => server.sources.filter(test).length;
      return { status: "ok", activity: [count((one) => one.online && !one.bursting), count((one) => !one.online && !one.bursting), count((one) => one.online && one.bursting), count((one) => !one.online && one.bursting), server.unknownAddresses] };
    }
    case "sourcename": {
      const source = find(first);
      return source === undefined ? no("no-source") : { status: "ok", name: source.options.name };
    }
    case "ntpdata": {
      const found = first === undefined ? server.sources : server.sources.filter((source) => source.address === first || source.options.name === first);
      return first !== undefined && found.length === 0 ? no("no-source") : { status: "ok", ntp: found.map(ntpReportOf) };
    }
    case "serverstats": return { status: "ok", counters: [server.ntpReceived, server.ntpDropped, server.commandsReceived, 0, 0, 0, 0, 0, 0, 0, 0] };
    case "clients": {
      const since = (us: number | undefined): number | undefined => (us === undefined ? undefined : Math.floor((sys.clockUs("realtime") - us) / 1e6));
      return {
        status: server.configuration.settings.has("noclientlog") ? "inactive" : "ok",
        clients: [...server.clients].map(([address, client]): ClientReport => ({
          address, ntp: client.ntp, ntpDropped: client.ntpDropped, ntpInterval: client.ntpIntervalUs === undefined ? undefined : Math.round(Math.log2(Math.max(1, client.ntpIntervalUs / 1e6))), ntpLastSeconds: since(client.ntpLastUs), commands: client.commands, commandLastSeconds: since(client.commandLastUs),
        })),
      };
    }
    case "makestep":
      if (first !== undefined) {
        server.clock.makestep = { thresholdSeconds: Number(first), left: Number(second) < 0 ? Number.POSITIVE_INFINITY : Number(second) };
        return ok;
      }
      return (yield* server.clock.step(sys, server.sources)) ? ok : no("failure");
    case "burst": {
      const [good = 0, total = 0] = (first ?? "").split("/").map(Number);
      let found = false;
      for (const source of chosen(server, second)) {
        found = true;
        if (!source.bursting) source.startBurst(good, total, nowUs);
      }
      return found || second === undefined ? ok : no("no-source");
    }
    case "online": case "offline": {
      let found = false;
      for (const source of chosen(server, first)) {
        found = true;
        source.online = name === "online";
        if (source.online) source.nextUs = nowUs;
        else source.reach = 0;
        yield* server.log(`Source ${source.address} ${name}`);
      }
      if (name === "offline") yield* server.clock.select(sys, server.sources, undefined);
      return found || first === undefined ? ok : no("no-source");
    }
    case "onoffline": {
      for (const source of server.sources) {
        let reachable = true;
        try {
          sys.rtnetlink({ op: "route-get", address: source.address });
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          reachable = false;
        }
        if (source.online === reachable) continue;
        source.online = reachable;
        source.nextUs = nowUs;
        yield* server.log(`Source ${source.address} ${reachable ? "online" : "offline"}`);
      }
      return ok;
    }
    case "add": {
      const options = first === "server" || first === "pool" || first === "peer" ? parseSource(first, words.slice(2), false) : undefined;
      if (options === undefined) return no("invalid");
      return server.add(sys, options) ? ok : no("present");
    }
    case "delete": {
      const source = find(first);
      if (source === undefined) return no("no-source");
      yield* server.remove(sys, source);
      return ok;
    }
    case "minpoll": case "maxpoll": case "minstratum": case "maxdelay": case "maxdelayratio": case "maxdelaydevratio": case "polltarget": {
      const source = find(first);
      if (source === undefined) return no("no-source");
      const value = Number(second);
      if (name === "minpoll") source.minpoll = value;
      if (name === "maxpoll") source.maxpoll = value;
      source.maxpoll = Math.max(source.maxpoll, source.minpoll);
      source.poll = Math.min(source.maxpoll, Math.max(source.minpoll, source.poll));
      yield* server.log(`Source ${source.address} new ${name} ${second ?? ""}`);
      return ok;
    }
    case "allow": case "deny": return server.configuration.ntpAccess.add(name === "allow", words.slice(1)) ? ok : no("bad-subnet");
    case "cmdallow": case "cmddeny": return server.configuration.commandAccess.add(name === "cmdallow", words.slice(1)) ? ok : no("bad-subnet");
    case "accheck": return no(server.configuration.ntpAccess.allows(first ?? "") ? "allowed" : "denied");
    case "cmdaccheck": return no(/^127\.|^::1$/.test(first ?? "") || server.configuration.commandAccess.allows(first ?? "") ? "allowed" : "denied");
    case "local":
      if (first === "off") server.clock.local = undefined;
      else server.clock.startLocal(sys, words.slice(1));
      return ok;
    case "reset":
      for (const source of server.sources) source.reset();
      yield* server.clock.select(sys, server.sources, undefined);
      return ok;
    case "reload":
      yield* server.reloadSources(sys);
      return ok;
    case "refresh": case "reselect": case "reselectdist": case "rekey": case "dump": case "cyclelogs": case "maxupdateskew": case "doffset": case "dfreq": case "null": return ok;
    case "rtcdata": case "writertc": case "trimrtc": return no("no-rtc");
    case "smoothing": case "smoothtime": return no("inactive");
    case "manual":
      if (first === "reset") server.manualEntries.length = 0;
      else if (first === "delete") server.manualEntries.splice(Number(second), 1);
      else server.manual = first === "on";
      return ok;
    case "manual-list": return { status: "ok", entries: server.manualEntries };
    case "settime": {
      if (!server.manual) return no("inactive");
      const offsetSeconds = (sys.clockUs("realtime") - Number(first)) / 1e6;
      server.manualEntries.push({ atUs: Number(first), offsetSeconds });
      server.clock.pendingSeconds = offsetSeconds;
      return { status: "ok", offsetSeconds };
    }
    case "shutdown":
      server.ending = true;
      return ok;
    default: return no("invalid");
  }
}
