// Zones between servers: transfers out and in (RFC 5936), the notice that a zone has changed (RFC 1996), and when a secondary asks for a newer one.
import { type Blocking, type Sys, SysError, encode } from "../../kernel/sys.ts";
import { exchange, readMessage, withLength } from "../kit/dns/exchange.ts";
import { zoneLabel } from "../kit/dns/load-zone.ts";
import { type DnsMessage, OPCODE, type Rcode, decodeMessage, encodeMessage } from "../kit/dns/message.ts";
import { isBelow, sameName, undotted } from "../kit/dns/names.ts";
import { CLASS, type ResourceRecord, TYPE } from "../kit/dns/records.ts";
import { Zone } from "../kit/dns/zone.ts";
import { zoneFileText } from "../kit/dns/zone-text.ts";
import { type Client, clientLabel } from "./_answer.ts";
import { writeWhole } from "./_files.ts";
import type { Named, Served } from "./_server.ts";

const WAIT_US = 5_000_000;
const MESSAGE_BYTES = 16_384;

const newer = (serial: number, than: number): boolean => serial !== than && (serial - than) % 2 ** 32 < 2 ** 31 && (serial > than || than - serial > 2 ** 31);

const question = (sys: Sys, name: string, type: number, opcode: number = OPCODE.query, answer: readonly ResourceRecord[] = []): DnsMessage => {
  const [high = 0, low = 0] = sys.random(2);
  return { id: (high << 8) | low, opcode, rcode: "NOERROR", flags: new Set(opcode === OPCODE.notify ? ["aa"] : []), question: [{ name, type, class: CLASS.IN }], answer, authority: [], additional: [] };
};

const perSecond = (bytes: number, us: number): string => `${(us / 1e6).toFixed(3)} secs (${Math.floor(bytes / Math.max(0.001, Math.floor(us / 1000) / 1000))} bytes/sec)`;

/** The messages of a transfer that somebody asks for over TCP. */
export function* transferOut(sys: Sys, named: Named, query: DnsMessage, client: Client): Blocking<readonly DnsMessage[]> {
  const name = query.question[0]?.name ?? ".";
  const served = named.zones.get(name.toLowerCase());
  const label = clientLabel(sys, client, name);
  const refuse = (rcode: Rcode): readonly DnsMessage[] => [{ ...query, rcode, flags: new Set(["qr"]), answer: [], authority: [], additional: [] }];
  const zone = served?.kind === "forward" ? undefined : served?.zone;
  const { soa } = zone ?? {};
  if (zone === undefined || soa === undefined) {
    yield* named.say(sys, `${label}: bad zone transfer request: '${undotted(name)}/IN': non-authoritative zone (NOTAUTH)`, "xfer-out");
    return refuse("NOTAUTH");
  }
  const allowed = named.listOf(served, "allow-transfer");
  if (allowed !== undefined && !named.matches(sys, allowed, client.address)) {
    yield* named.say(sys, `${label}: zone transfer '${undotted(name)}/AXFR/IN' denied`, "security", "error");
    return refuse("REFUSED");
  }
  const started = sys.clockUs("monotonic");
  yield* named.say(sys, `${label}: transfer of '${undotted(name)}/IN': AXFR started (serial ${zone.serial})`, "xfer-out");
  const messages: DnsMessage[] = [];
  let bytes = 0;
  let part: ResourceRecord[] = [];
  const flush = (): void => {
    const message: DnsMessage = { id: query.id, opcode: 0, rcode: "NOERROR", flags: new Set(["qr", "aa"]), question: messages.length === 0 ? query.question : [], answer: part, authority: [], additional: [], ...(query.edns && messages.length === 0 && { edns: { udpSize: 1232 } }) };
    bytes += encodeMessage(message).length;
    messages.push(message);
    part = [];
  };
  const records = [...zone.records, soa];
  let size = 0;
  for (const record of records) {
    if (sys.charge(5)) yield* sys.preempt();
    part.push(record);
    size += record.name.length + record.data.join(" ").length + 12;
    if (size > MESSAGE_BYTES) {
      flush();
      size = 0;
    }
  }
  if (part.length > 0) flush();
  yield* named.say(sys, `${label}: transfer of '${undotted(name)}/IN': AXFR ended: ${messages.length} messages, ${records.length} records, ${bytes} bytes, ${perSecond(bytes, sys.clockUs("monotonic") - started)} (serial ${zone.serial})`, "xfer-out");
  return messages;
}

const primariesOf = (named: Named, served: Served): readonly { readonly address: string; readonly port: number }[] => {
  const list = (served.clause?.options.get("primaries") ?? served.clause?.options.get("masters"))?.[0];
  return (list?.elements ?? []).flatMap((element) => {
    const group = named.configuration.clauses.find((clause) => /^(?:masters|primaries)$/.test(clause.kind) && clause.name === element.text);
    return (group?.elements ?? [element]).map((one) => ({ address: one.text, port: one.port ?? list?.port ?? 53 }));
  });
};

/** Asks the primaries for the zone's SOA, and for the zone when theirs is newer. `force`: whatever its serial number. */
export function* refresh(sys: Sys, named: Named, served: Served, force: boolean): Blocking<void> {
  if (served.refreshing) return;
  served.refreshing = true;
  const label = zoneLabel(served.origin);
  let retrySeconds = Number(served.zone?.soa?.data[4] ?? 60);
  try {
    for (const primary of primariesOf(named, served)) {
      const place = `${primary.address}#${primary.port}`;
      if (!force && served.zone !== undefined) {
        const received = yield* exchange(sys, question(sys, served.origin, TYPE.SOA), { ...primary, tcp: false, timeoutUs: WAIT_US, attempts: 2 });
        if (!("message" in received)) {
          yield* named.say(sys, received.failures.at(-1) === "timed out" ? `${label}: refresh: retry limit for primary ${place} exceeded (source 0.0.0.0#0)` : `${label}: refresh: failure trying primary ${place} (source 0.0.0.0#0): ${received.failures.at(-1) ?? ""}`);
          continue;
        }
        const theirs = received.message.answer.find((record) => record.type === TYPE.SOA);
        if (theirs === undefined || !received.message.flags.has("aa")) {
          yield* named.say(sys, received.message.rcode === "NOERROR" || received.message.rcode === "SERVFAIL" ? `${label}: refresh: non-authoritative answer from primary ${place} (source 0.0.0.0#0)` : `${label}: refresh: unexpected rcode (${received.message.rcode}) from primary ${place} (source 0.0.0.0#0)`);
          continue;
        }
        if (!newer(Number(theirs.data[2]), served.zone.serial)) {
          retrySeconds = Number(theirs.data[3]);
          return;
        }
      }
      if (yield* transferIn(sys, named, served, primary)) {
        retrySeconds = Number(served.zone?.soa?.data[3] ?? retrySeconds);
        return;
      }
    }
  } finally {
    served.refreshing = false;
    served.refreshAtUs = sys.clockUs("monotonic") + Math.max(1, retrySeconds) * 1e6;
  }
}

function* transferIn(sys: Sys, named: Named, served: Served, primary: { readonly address: string; readonly port: number }): Blocking<boolean> {
  const label = zoneLabel(served.origin);
  const transfer = `transfer of '${undotted(served.origin)}/IN' from ${primary.address}#${primary.port}`;
  const started = sys.clockUs("monotonic");
  const records: ResourceRecord[] = [];
  let count = 0;
  let bytes = 0;
  let status = "success";
  const fd = sys.socket("inet", "stream");
  try {
    yield* named.say(sys, `${label}: Transfer started.`);
    yield* sys.connect(fd, { family: "inet", ...primary });
    yield* named.say(sys, `${transfer}: connected using ${primary.address}#${primary.port}`, "xfer-in");
    yield* sys.write(fd, withLength(encodeMessage(question(sys, served.origin, TYPE.AXFR))));
    const rest = { bytes: new Uint8Array() };
    while (records.filter((record) => record.type === TYPE.SOA).length < 2) {
      const packet = yield* readMessage(sys, fd, rest);
      const message = packet && decodeMessage(packet);
      if (packet === undefined || message === undefined) {
        status = "end of file";
        break;
      }
      if (message.rcode !== "NOERROR") {
        status = message.rcode;
        yield* named.say(sys, `${transfer}: failed while receiving responses: ${message.rcode}`, "xfer-in", "error");
        break;
      }
      count++;
      bytes += packet.length;
      records.push(...message.answer);
      if (sys.charge(20)) yield* sys.preempt();
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    status = error.errno === "ECONNREFUSED" ? "connection refused" : error.message.toLowerCase();
    yield* named.say(sys, `${transfer}: failed to connect: ${status}`, "xfer-in", "error");
  } finally {
    sys.close(fd);
  }
  if (status === "success") {
    served.zone = new Zone(served.origin, records);
    served.loadedUs = sys.clockUs("realtime");
    yield* named.say(sys, `${label}: transferred serial ${served.zone.serial}`);
    if (served.file !== undefined) {
      try {
        yield* writeWhole(sys, served.file, encode(zoneFileText(served.zone)));
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* named.say(sys, `dumping master file: ${served.file.replace(/[^/]*$/, "")}tmp-XXXXXXXXXX: open: ${error.message.toLowerCase()}`, "general", "error");
      }
    }
  }
  yield* named.say(sys, `${transfer}: Transfer status: ${status}`, "xfer-in");
  yield* named.say(sys, `${transfer}: Transfer completed: ${count} messages, ${records.length} records, ${bytes} bytes, ${perSecond(bytes, sys.clockUs("monotonic") - started)} (serial ${status === "success" ? (served.zone?.serial ?? 0) : 0})`, "xfer-in");
  return status === "success";
}

/** NOTIFY from a primary. */
export function* notified(sys: Sys, named: Named, name: string, client: Client): Blocking<Rcode> {
  const served = named.zones.get(name.toLowerCase());
  yield* named.say(sys, `${clientLabel(sys, client)}: received notify for zone '${undotted(name)}'${served?.kind === "secondary" ? "" : ": not authoritative"}`, "notify");
  if (served?.kind !== "secondary") return "NOTAUTH";
  if (!primariesOf(named, served).some((primary) => primary.address === client.address)) {
    yield* named.say(sys, `${zoneLabel(served.origin)}: refused notify from non-primary: ${client.address}#${client.port}`);
    return "REFUSED";
  }
  sys.fork((own) => thread(own, () => refresh(own, named, served, false)), { thread: true });
  return "NOERROR";
}

export function* thread(sys: Sys, body: () => Blocking<void>): Blocking<number> {
  try {
    yield* body();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  return sys.getpid() === 0 ? 1 : 0;
}

/** Tells those who also serve the zone that it changed: its servers but the one of the SOA, and also-notify. */
export function* sendNotifies(sys: Sys, named: Named, served: Served): Blocking<void> {
  const { zone } = served;
  if (zone === undefined || served.kind !== "primary") return;
  const mode = (served.clause?.options.get("notify") ?? named.options?.options.get("notify"))?.[0]?.text ?? "yes";
  if (mode === "no") return;
  const also = (served.clause?.options.get("also-notify") ?? named.options?.options.get("also-notify"))?.[0];
  const targets = (also?.elements ?? []).map((one) => ({ address: one.text, port: one.port ?? also?.port ?? 53 }));
  const own = sys.rtnetlink({ op: "address-list" }).map((one) => one.address);
  for (const { data } of mode === "explicit" ? [] : zone.at(zone.origin, TYPE.NS)) {
    const target = data[0] ?? "";
    if (sameName(target, zone.soa?.data[0] ?? "") || !isBelow(target, zone.origin)) continue;
    for (const record of zone.at(target, TYPE.A)) if (!own.includes(record.data[0] ?? "")) targets.push({ address: record.data[0] ?? "", port: 53 });
  }
  if (targets.length === 0) return;
  yield* named.say(sys, `${zoneLabel(served.origin)}: sending notifies (serial ${zone.serial})`, "notify");
  const { soa } = zone;
  for (const target of targets) {
    sys.fork((child) => thread(child, function* () {
      yield* exchange(child, question(child, served.origin, TYPE.SOA, OPCODE.notify, soa === undefined ? [] : [soa]), { ...target, tcp: false, timeoutUs: WAIT_US, attempts: 2 });
    }), { thread: true });
  }
}
