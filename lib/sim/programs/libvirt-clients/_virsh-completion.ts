// What Tab offers in virsh's shell: subcommands, their options, and the names of what is there now (vsh.c, virsh-completer-*.c).
import type { Blocking } from "../../kernel/sys.ts";
import { LibvirtError, numberAt, rows, textAt } from "../../daemons/libvirt/api.ts";
import { connection, ParseError, type Session, splitCommands, type Verb, VshError } from "./_virsh.ts";

/** Subcommands that only mean domains in one state. */
const states = new Map<string, (domain: ReadonlyMap<string, unknown>) => boolean>([
  ["start", (domain) => numberAt(domain, "id") < 0], ["domrename", (domain) => numberAt(domain, "id") < 0], ["managedsave-remove", (domain) => domain.get("managedSave") === true], ["resume", (domain) => textAt(domain, "state") === "paused"],
  ...["destroy", "shutdown", "reboot", "reset", "suspend", "console", "save", "managedsave", "domifaddr", "screenshot", "send-key", "inject-nmi", "dommemstat", "domblkstat", "domifstat", "blockcommit", "blockpull", "blockcopy", "blockjob", "dump", "migrate", "qemu-agent-command", "qemu-monitor-command", "domfsfreeze", "domfsthaw", "domfsinfo", "domtime", "guestinfo", "set-user-password", "ttyconsole", "vncdisplay", "domdisplay"].map((name): [string, (domain: ReadonlyMap<string, unknown>) => boolean] => [name, (domain) => numberAt(domain, "id") >= 0]),
]);

type Source = (session: Session, verb: Verb, given: ReadonlyMap<string, string>) => Blocking<readonly string[]>;

const from = (procedure: string, key: string, keep: (row: ReadonlyMap<string, unknown>) => boolean = () => true): Source => function* (session) {
  const client = yield* connection(session);
  return rows(yield* client.call(procedure)).filter(keep).map((row) => textAt(row, key));
};

const ofDomain = (procedure: string, key: string): Source => function* (session, _verb, given) {
  const client = yield* connection(session);
  return rows(yield* client.call(procedure, { domain: given.get("domain") ?? "" })).map((row) => textAt(row, key));
};

const sources = new Map<string, Source>([
  ["domain", function* (session, verb) {
    const client = yield* connection(session);
    const keep = states.get(verb.name) ?? (() => true);
    return rows(yield* client.call("listDomains")).filter(keep).map((row) => textAt(row, "name"));
  }],
  ["network", function* (session, verb) {
    const wanted = verb.name === "net-start" ? false : verb.name === "net-destroy" ? true : undefined;
    return yield* from("listNetworks", "name", (row) => wanted === undefined || row.get("active") === wanted)(session, verb, new Map());
  }],
  ["pool", function* (session, verb) {
    const wanted = verb.name === "pool-start" ? false : verb.name === "pool-destroy" ? true : undefined;
    return yield* from("listPools", "name", (row) => wanted === undefined || row.get("active") === wanted)(session, verb, new Map());
  }],
  ["vol", function* (session, _verb, given) {
    const client = yield* connection(session);
    const pools = given.get("pool") === undefined ? rows(yield* client.call("listPools")).filter((row) => row.get("active") === true).map((row) => textAt(row, "name")) : [given.get("pool") ?? ""];
    const names: string[] = [];
    for (const pool of pools) names.push(...rows(yield* client.call("listVolumes", { pool })).map((row) => textAt(row, given.get("pool") === undefined ? "path" : "name")));
    return names;
  }],
  ["snapshotname", ofDomain("listSnapshots", "name")], ["nwfilter", from("listFilters", "name")], ["secret", from("listSecrets", "uuid")], ["device", function* (session, verb, given) {
    return yield* (verb.options.some((option) => option.name === "domain") ? ofDomain("domainBlocks", "target") : from("listNodeDevices", "name"))(session, verb, given);
  }],
  ["path", ofDomain("domainBlocks", "target")], ["target", ofDomain("domainBlocks", "target")], ["interface", function* (session, verb, given) {
    return yield* (verb.options.some((option) => option.name === "domain") ? ofDomain("domainInterfaces", "target") : from("listInterfaces", "name"))(session, verb, given);
  }],
  ["command", function* (session) {
    yield* session.sys.preempt();
    return [...session.verbs.keys()];
  }],
]);

/** `before`: the line up to the word. */
export function* completions(session: Session, before: string, word: string): Blocking<readonly string[]> {
  const begins = (list: readonly string[]): readonly string[] => list.filter((one) => one.startsWith(word) && one !== "" && one !== "-");
  try {
    const words = splitCommands(`${before.slice(before.lastIndexOf(";") + 1)}`)[0] ?? [];
    const [name, ...rest] = words;
    if (name === undefined) return begins([...session.verbs.keys()]);
    const verb = session.verbs.get(name);
    if (verb === undefined) return [];
    const given = new Map<string, string>();
    let wanted: string | undefined;
    const free: string[] = [];
    for (let at = 0; at < rest.length; at++) {
      const one = rest[at] ?? "";
      const option = one.startsWith("--") ? verb.options.find((each) => each.name === one.slice(2)) : undefined;
      if (option === undefined) free.push(one);
      else if (option.kind === "flag") given.set(option.name, "");
      else if (at + 1 < rest.length) given.set(option.name, rest[++at] ?? "");
      else wanted = option.name;
    }
    const places = (): string[] => verb.options.filter((option) => option.kind !== "flag" && option.kind !== "named" && !given.has(option.name)).map((option) => option.name);
    for (const one of free) given.set(places()[0] ?? "", one);
    if (wanted === undefined && word.startsWith("-")) return begins(verb.options.filter((option) => !given.has(option.name)).map((option) => `--${option.name}`));
    const source = sources.get(wanted ?? places()[0] ?? "");
    if (source !== undefined) return begins(yield* source(session, verb, given));
    // names of files are the shell's to complete
    if (/^(?:file|xmlfile|source|target-path)$/.test(wanted ?? places()[0] ?? "")) return [];
    return wanted === undefined && word === "" ? verb.options.filter((option) => !given.has(option.name)).map((option) => `--${option.name}`) : [];
  } catch (error) {
    if (error instanceof VshError || error instanceof LibvirtError || error instanceof ParseError) return [];
    throw error;
  }
}
