// loginctl: sessions and users as systemd-logind knows them (loginctl(1), 252). Without libpam-systemd nobody registers a session; users may linger.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { isFailure } from "../../daemons/systemd/api/protocol.ts";
import { names, tryReadFile } from "../../daemons/systemd/api/files.ts";
import { Accounts, type User } from "../kit/accounts.ts";
import { flag, type Io, text, texts } from "../kit/gnu.ts";
import { parseSignal } from "../kit/signal-number.ts";
import { managerProperties } from "./_bus-small-services.ts";
import { OUTPUT_MODES } from "./_journal-format.ts";
import { complain, connect, startAgent, systemdTool } from "./_systemd.ts";
import { renderTable } from "./_table.ts";
import { fitsVerb, type VerbLimits } from "./_verbs.ts";

const LINGER = "/var/lib/systemd/linger";
const VERBS: ReadonlyMap<string, VerbLimits> = new Map<string, VerbLimits>([
  ["list-sessions", { most: 0 }], ["session-status", {}], ["show-session", {}], ["activate", { most: 1 }], ["lock-session", {}], ["unlock-session", {}], ["lock-sessions", { most: 0 }], ["unlock-sessions", { most: 0 }], ["terminate-session", { least: 1 }], ["kill-session", { least: 1 }],
  ["list-users", { most: 0 }], ["user-status", {}], ["show-user", {}], ["enable-linger", {}], ["disable-linger", {}], ["terminate-user", { least: 1 }], ["kill-user", { least: 1 }],
  ["list-seats", { most: 0 }], ["seat-status", {}], ["show-seat", {}], ["attach", { least: 2 }], ["flush-devices", { most: 0 }], ["terminate-seat", { least: 1 }],
]);

interface Asked {
  readonly properties: readonly string[];
  readonly value: boolean;
  readonly all: boolean;
}

function show(io: Io, facts: readonly (readonly [string, string])[], { properties, value, all }: Asked): void {
  const wanted = properties.flatMap((list) => list.split(","));
  for (const [name, text] of facts) {
    if (wanted.length > 0 ? !wanted.includes(name) : text === "" && !all) continue;
    io.out.put(`${value ? "" : `${name}=`}${text}\n`);
  }
}

const sessionFacts = function* (sys: Sys, id: string): Blocking<ReadonlyMap<string, string> | undefined> {
  const body = /^[A-Za-z0-9]+$/.test(id) ? yield* tryReadFile(sys, `/run/systemd/sessions/${id}`) : undefined;
  return body === undefined ? undefined : new Map(body.split("\n").flatMap((line) => (line.includes("=") && !line.startsWith("#") ? [[line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const] : [])));
};

const noSession = (id: string): string => `No session '${id}' known`;
const notHere = (uid: number): string => `User ID ${uid} is not logged in or lingering`;
const nobody = (object: string): string => `Could not get properties: Unknown object '/org/freedesktop/login1/${object}'.`;

/** The users that a verb names; undefined: one is nobody, and that was said. */
function* usersNamed(io: Io, accounts: Accounts, words: readonly string[]): Blocking<readonly User[] | undefined> {
  const found: User[] = [];
  for (const word of words) {
    const user = accounts.userByName(word) ?? (/^\d+$/.test(word) ? accounts.userById(Number(word)) : undefined);
    if (user === undefined) {
      yield* complain(io, `Failed to look up user ${word}: No such process`);
      return undefined;
    }
    found.push(user);
  }
  return found;
}

/** The files of those who linger are what logind keeps over a boot. */
function* linger(io: Io, accounts: Accounts, words: readonly string[], on: boolean): Blocking<number> {
  const { sys } = io;
  const own = accounts.userById(sys.getcred().euid);
  const users = words.length > 0 ? yield* usersNamed(io, accounts, words) : own === undefined ? [] : [own];
  if (users === undefined) return 1;
  for (const { name } of users) {
    yield* startAgent(io);
    try {
      if (sys.getcred().euid !== 0) throw new SysError("EACCES");
      const path = `${LINGER}/${name}`;
      if (on) {
        if (!names(sys, "/var/lib/systemd").includes("linger")) sys.mkdir(LINGER, 0o755);
        sys.close(yield* sys.open(path, O.WRONLY | O.CREAT, 0o644));
      } else if (names(sys, LINGER).includes(name)) sys.unlink(path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* complain(io, `Could not enable linger: ${error.errno === "EACCES" ? "Access denied" : error.message}`);
      return 1;
    }
  }
  return 0;
}

function lingering(sys: Sys, accounts: Accounts): readonly User[] {
  return names(sys, LINGER).flatMap((name) => accounts.userByName(name) ?? []);
}

function* listSessions(sys: Sys, io: Io, legend: boolean): Blocking<number> {
  const rows: string[][] = [];
  for (const id of names(sys, "/run/systemd/sessions")) {
    const facts = yield* sessionFacts(sys, id);
    if (facts !== undefined) rows.push([id, ...["UID", "USER", "SEAT", "TTY"].map((key) => facts.get(key) ?? "")]);
  }
  if (rows.length > 0) io.out.put(renderTable(sys, { header: legend ? ["SESSION", "UID", "USER", "SEAT", "TTY"] : undefined, rows, width: Number.POSITIVE_INFINITY, right: [0, 1] }));
  if (legend) io.out.put(rows.length === 0 ? "No sessions.\n" : `\n${rows.length} sessions listed.\n`);
  return 0;
}

function* users(sys: Sys, io: Io, verb: string, words: readonly string[], asked: Asked): Blocking<number> {
  const accounts = yield* Accounts.read(sys);
  const present = lingering(sys, accounts);
  if (verb === "show-user" && words.length === 0) {
    show(io, managerFacts(yield* managerProperties(sys)), asked);
    return 0;
  }
  if (words.length === 0) {
    yield* complain(io, nobody("user/self"));
    return 1;
  }
  const wanted = yield* usersNamed(io, accounts, words);
  if (wanted === undefined) return 1;
  for (const [index, { name, uid, gid }] of wanted.entries()) {
    if (!present.some((one) => one.uid === uid)) {
      yield* complain(io, `${verb === "terminate-user" ? "Could not terminate user" : verb === "kill-user" ? "Could not kill user" : "Failed to get user"}: ${notHere(uid)}`);
      return 1;
    }
    if (index > 0) io.out.put("\n");
    if (verb === "user-status") io.out.put(`${name} (${uid})\n\t   State: lingering\n\t  Linger: yes\n\t    Unit: user-${uid}.slice\n`);
    else if (verb === "show-user") show(io, [["UID", String(uid)], ["GID", String(gid)], ["Name", name], ["RuntimePath", `/run/user/${uid}`], ["Service", `user@${uid}.service`], ["Slice", `user-${uid}.slice`], ["Display", ""], ["State", "lingering"], ["Sessions", ""], ["IdleHint", "yes"], ["IdleSinceHint", "0"], ["IdleSinceHintMonotonic", "0"], ["Linger", "yes"]], asked);
  }
  return 0;
}

const managerFacts = (properties: ReadonlyMap<string, unknown>): readonly (readonly [string, string])[] => [...properties].map(([name, value]) => [name, value === true ? "yes" : value === false ? "no" : Array.isArray(value) ? value.join(" ") : String(value)]);

function* sessionVerb(sys: Sys, io: Io, verb: string, words: readonly string[], asked: Asked): Blocking<number> {
  if (words.length === 0) {
    if (verb === "show-session") {
      show(io, managerFacts(yield* managerProperties(sys)), asked);
      return 0;
    }
    yield* complain(io, verb === "session-status" ? nobody("session/auto") : "Failed to issue method call: Caller does not belong to any known session and doesn't own any suitable session.");
    return 1;
  }
  for (const id of words) {
    const facts = yield* sessionFacts(sys, id);
    if (facts === undefined) {
      yield* complain(io, `${verb === "kill-session" ? "Could not kill session" : /^s/.test(verb) ? "Failed to get session path" : "Failed to issue method call"}: ${noSession(id)}`);
      return 1;
    }
    if (verb === "show-session") show(io, [["Id", id], ["User", facts.get("UID") ?? ""], ["Name", facts.get("USER") ?? ""], ["TTY", facts.get("TTY") ?? ""], ["Leader", facts.get("LEADER") ?? ""], ["Type", facts.get("TYPE") ?? ""], ["Class", facts.get("CLASS") ?? ""], ["Active", facts.get("ACTIVE") === "1" ? "yes" : "no"], ["State", facts.get("STATE") ?? ""]], asked);
    else if (verb === "session-status") io.out.put(`${id} - ${facts.get("USER") ?? ""} (${facts.get("UID") ?? ""})\n\t   State: ${facts.get("STATE") ?? ""}\n`);
  }
  return 0;
}

function* seatVerb(io: Io, verb: string, words: readonly string[], asked: Asked): Blocking<number> {
  if (words.length === 0) {
    if (verb === "show-seat") show(io, managerFacts(yield* managerProperties(io.sys)), asked);
    else yield* complain(io, nobody("seat/self"));
    return verb === "show-seat" ? 0 : 1;
  }
  for (const seat of words) {
    if (seat !== "seat0") {
      yield* complain(io, `${verb === "terminate-seat" ? "Could not terminate seat" : "Failed to get seat"}: No seat '${seat}' known`);
      return 1;
    }
    if (verb === "seat-status") io.out.put("seat0\n\t Devices:\n\t\t  n/a\n");
    else if (verb === "show-seat") show(io, [["Id", "seat0"], ["CanTTY", "yes"], ["CanGraphical", "no"], ["Sessions", ""], ["IdleHint", "yes"], ["IdleSinceHint", "0"], ["IdleSinceHintMonotonic", "0"]], asked);
  }
  return 0;
}

export default systemdTool({
  name: "loginctl",
  path: "/bin/loginctl",
  summary: "show and control logins",
  synopsis: ["[OPTIONS...] COMMAND ..."],
  options: {
    property: texts(["-p", "--property"], "NAME", "show these properties only"),
    value: flag(["--value"], "values without names"),
    all: flag(["-a", "--all"], "empty properties too"),
    full: flag(["-l", "--full"], "do not shorten"),
    killWhom: text(["--kill-whom", "--kill-who"], "WHOM", "whom to signal"),
    signal: text(["-s", "--signal"], "SIGNAL", "the signal"),
    lines: text(["-n", "--lines"], "INTEGER", "lines of the journal"),
    output: text(["-o", "--output"], "STRING", "how the journal's lines look"),
    noPager: flag(["--no-pager"], "do not pipe the output into a pager"),
    noLegend: flag(["--no-legend"], "no headers and hints"),
    noAsk: flag(["--no-ask-password"], "never ask for a password"),
  },
  *run({ options, operands, sys }, io) {
    if (options.output !== undefined && !OUTPUT_MODES.some((mode) => mode === options.output)) {
      yield* complain(io, `Unknown output '${options.output}'.`);
      return 1;
    }
    if (options.lines !== undefined && !/^\d+$/.test(options.lines)) {
      yield* complain(io, `Failed to parse lines '${options.lines}'`);
      return 1;
    }
    if (options.signal !== undefined && parseSignal(options.signal) === undefined) {
      yield* complain(io, `Failed to parse signal string "${options.signal}".`);
      return 1;
    }
    const bus = yield* connect(io);
    if (bus === undefined) return 1;
    const state = yield* bus.call({ op: "load", units: ["systemd-logind.service"] });
    bus.close();
    const [verb = "list-sessions", ...words] = operands;
    if (!(yield* fitsVerb(io, verb, words.length, VERBS))) return 1;
    if (isFailure(state) || state.units[0]?.active !== "active") {
      yield* complain(io, "Failed to list sessions: Could not activate remote peer: unit failed.");
      return 1;
    }
    const legend = !options.noLegend;
    const asked: Asked = { properties: options.property, value: options.value, all: options.all };
    switch (verb) {
      case "list-sessions":
        return yield* listSessions(sys, io, legend);
      case "list-users": {
        const rows = lingering(sys, yield* Accounts.read(sys)).map(({ uid, name }) => [String(uid), name]);
        if (rows.length > 0) io.out.put(renderTable(sys, { header: legend ? ["UID", "USER"] : undefined, rows, width: Number.POSITIVE_INFINITY, right: [0] }));
        if (legend) io.out.put(rows.length === 0 ? "No users.\n" : `\n${rows.length} users listed.\n`);
        return 0;
      }
      case "list-seats":
        io.out.put(`${legend ? "SEAT \n" : ""}seat0\n${legend ? "\n1 seats listed.\n" : ""}`);
        return 0;
      case "enable-linger":
      case "disable-linger":
        return yield* linger(io, yield* Accounts.read(sys), words, verb === "enable-linger");
      case "lock-sessions":
      case "unlock-sessions":
      case "flush-devices":
        if (sys.getcred().euid === 0) return 0;
        yield* startAgent(io);
        yield* complain(io, `Could not ${verb === "flush-devices" ? "flush devices" : "lock sessions"}: Access denied`);
        return 1;
      case "attach":
        yield* startAgent(io);
        yield* complain(io, `Could not attach device: ${sys.getcred().euid === 0 ? "No such device" : "Access denied"}`);
        return 1;
    }
    if (verb.endsWith("user") || verb === "user-status") return yield* users(sys, io, verb, words, asked);
    return verb.includes("seat") ? yield* seatVerb(io, verb, words, asked) : yield* sessionVerb(sys, io, verb, words, asked);
  },
});
