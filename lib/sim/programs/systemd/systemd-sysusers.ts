// systemd-sysusers: users and groups of the system that sysusers.d(5) wants (systemd-sysusers(8)).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { exists, names, tryReadFile, writeFile } from "../../daemons/systemd/api/files.ts";
import { flag, text } from "../kit/gnu.ts";
import { Databases, todayOf } from "../passwd/_databases.ts";
import { complain, systemdTool, withPager } from "./_systemd.ts";

const DIRECTORIES = ["/etc/sysusers.d", "/run/sysusers.d", "/usr/local/lib/sysusers.d", "/usr/lib/sysusers.d"];
const FILES = ["group", "gshadow", "passwd", "shadow"];
const HIGHEST_SYSTEM_ID = 999;

interface Line {
  readonly kind: "u" | "g" | "m" | "r";
  readonly name: string;
  readonly id: string | undefined;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

/** A message in place of a line that is wrong. */
function parseLine(line: string): Line | string {
  const words = [...line.trim().matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  const [action = "", name = "", id, gecos, home, shell, extra] = words;
  if (words.length < 2) return "Missing action and name columns.";
  if (extra !== undefined) return "Trailing garbage.";
  if (action.length !== 1) return `Unknown modifier '${action}'.`;
  if (action !== "u" && action !== "g" && action !== "m" && action !== "r") return `Unknown command type '${action}'.`;
  if (action === "r" ? name !== "-" : !/^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(name)) return action === "r" ? "Lines of type 'r' don't take a name field." : `'${name}' is not a valid user or group name.`;
  const given = (word: string | undefined): string => (word === undefined || word === "-" ? "" : word);
  if (action === "r" && !/^\d+(-\d+)?$/.test(given(id))) return given(id) === "" ? "Lines of type 'r' require an ID range in the third field." : `Invalid UID range ${given(id)}.`;
  if (action === "m" && given(id) === "") return "Lines of type 'm' require a group name in the third field.";
  if (action === "g" && (given(gecos) !== "" || given(home) !== "" || given(shell) !== "")) return "Lines of type 'g' don't take a GECOS field.";
  if (action !== "m" && action !== "r" && given(id) !== "" && !/^(\d+|-|\/.*)(:[A-Za-z0-9_-]+)?$/.test(given(id))) return `Failed to parse ${action === "u" ? "UID" : "GID"}: '${given(id)}': Invalid argument`;
  return { kind: action, name, id: given(id) === "" ? undefined : given(id), gecos: given(gecos), home: given(home), shell: given(shell) };
}

/** The lines carried out on the databases of one root. */
class Accountant {
  readonly #databases: Databases;
  readonly #ranges: readonly (readonly [low: number, high: number])[];
  readonly #say: (text: string) => Blocking<void>;
  readonly #day: number;
  changed = false;

  constructor(databases: Databases, ranges: readonly (readonly [number, number])[], day: number, say: (text: string) => Blocking<void>) {
    this.#databases = databases;
    this.#ranges = ranges.length === 0 ? [[1, HIGHEST_SYSTEM_ID]] : ranges;
    this.#day = day;
    this.#say = say;
  }

  #taken(id: number): boolean {
    return this.#databases.findById("passwd", id) !== undefined || this.#databases.findById("group", id) !== undefined;
  }

  #free(): number {
    for (const [low, high] of this.#ranges) for (let id = high; id >= low; id--) if (!this.#taken(id)) return id;
    return HIGHEST_SYSTEM_ID;
  }

  *group(name: string, wanted: string | undefined): Blocking<number> {
    const there = this.#databases.find("group", name);
    if (there !== undefined) return Number(there[2]);
    const asked = wanted === undefined || !/^\d+$/.test(wanted) ? undefined : Number(wanted);
    const gid = asked === undefined || this.#databases.findById("group", asked) !== undefined ? this.#free() : asked;
    yield* this.#say(`Creating group '${name}' with GID ${gid}.`);
    this.#databases.append("group", [name, "x", String(gid), ""]);
    this.#databases.append("gshadow", [name, "!*", "", ""]);
    this.changed = true;
    return gid;
  }

  *user({ name, id, gecos, home, shell }: Pick<Line, "name" | "id" | "gecos" | "home" | "shell">): Blocking<void> {
    if (this.#databases.find("passwd", name) !== undefined) return;
    const [wanted = "", group] = (id ?? "").split(":");
    const groupRow = group === undefined ? undefined : (this.#databases.find("group", group) ?? (/^\d+$/.test(group) ? this.#databases.findById("group", Number(group)) : undefined));
    const own = this.#databases.find("group", name);
    let uid = /^\d+$/.test(wanted) ? Number(wanted) : own === undefined ? undefined : Number(own[2]);
    if (uid !== undefined && this.#databases.findById("passwd", uid) !== undefined) {
      yield* this.#say(`Suggested user ID ${uid} for ${name} already used.`);
      uid = undefined;
    }
    uid ??= this.#free();
    const gid = groupRow === undefined ? yield* this.group(name, String(uid)) : Number(groupRow[2]);
    yield* this.#say(`Creating user '${name}' (${gecos === "" ? "n/a" : gecos}) with UID ${uid} and GID ${gid}.`);
    this.#databases.append("passwd", [name, "x", String(uid), String(gid), gecos, home === "" ? "/" : home, shell === "" ? (uid === 0 ? "/bin/sh" : "/usr/sbin/nologin") : shell]);
    this.#databases.append("shadow", [name, "!*", String(this.#day), "", "", "", "", "", ""]);
    this.changed = true;
  }

  member(user: string, group: string): void {
    const members = this.#databases.members(group);
    if (members.includes(user)) return;
    this.#databases.setMembers(group, [...members, user]);
    this.changed = true;
  }
}

function* configuration(sys: Sys, root: string): Blocking<readonly (readonly [path: string, text: string])[]> {
  const found = new Map<string, string>();
  for (const directory of DIRECTORIES) for (const name of names(sys, root + directory)) if (name.endsWith(".conf") && !found.has(name)) found.set(name, `${root}${directory}/${name}`);
  const files: (readonly [string, string])[] = [];
  for (const [, path] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) files.push([path, (yield* tryReadFile(sys, path)) ?? ""]);
  return files;
}

export default systemdTool({
  name: "systemd-sysusers", path: "/bin/systemd-sysusers", manSection: 8, summary: "make the system users and groups that sysusers.d lists", synopsis: ["[OPTIONS...] [CONFIGURATION FILE...]"], operands: "files", seeAlso: ["sysusers.d(5)", "useradd(8)"],
  description: ["Lines of sysusers.d(5): u makes a user and its group, g a group, m puts a user into a group, r says which numbers may be taken. What is there already stays as it is."],
  options: { catConfig: flag(["--cat-config"], "show the configuration files"), root: text(["--root"], "PATH", "below this directory"), image: text(["--image"], "PATH", "in this disk image"), replace: text(["--replace"], "PATH", "the arguments stand for this file"), dryRun: flag(["--dry-run"], "only show what would be done"), inline: flag(["--inline"], "the arguments are lines"), noPager: flag(["--no-pager"], "do not pipe the output into a pager") },
  *run({ options, operands, sys }, io) {
    if (options.replace !== undefined && (!options.replace.startsWith("/") || !options.replace.endsWith(".conf"))) {
      yield* complain(io, `The argument to --replace= must ${options.replace.startsWith("/") ? "have the extension '.conf'" : "be an absolute path"}.`);
      return 1;
    }
    const root = (options.root ?? "").replace(/\/$/, "");
    let sources = yield* configuration(sys, root);
    if (options.catConfig) {
      return yield* withPager(io, !options.noPager, function* () {
        io.out.put(sources.map(([path, body]) => `# ${path}\n${body}`).join("\n"));
        yield* io.out.flush();
        return 0;
      });
    }
    if (options.inline) sources = operands.map((line) => ["(argument)", line] as const);
    else if (operands.length > 0) {
      const own: (readonly [string, string])[] = [];
      for (const name of operands) {
        const path = name.startsWith("/") ? name : DIRECTORIES.map((directory) => `${root}${directory}/${name}`).find((one) => exists(sys, one));
        const body = name === "-" ? yield* io.stdin.all() : path === undefined ? undefined : yield* tryReadFile(sys, path);
        if (body === undefined) yield* complain(io, `Failed to open '${name}', ignoring: No such file or directory`);
        else own.push([name === "-" ? "<stdin>" : (path ?? name), body]);
      }
      if (own.length === 0) return 1;
      sources = own;
    }
    const lines: Line[] = [];
    let wrong = false;
    for (const [path, body] of sources) {
      for (const [index, raw] of body.split("\n").entries()) {
        if (/^\s*(#|$)/.test(raw)) continue;
        const line = parseLine(raw);
        if (typeof line !== "string") lines.push(line);
        else {
          wrong = true;
          yield* complain(io, `${path}:${index + 1}: ${line}`);
        }
      }
    }
    if (wrong && lines.length === 0) return 1;
    if (!options.dryRun) {
      try {
        yield* writeFile(sys, `${root}/etc/.pwd.lock`, "", 0o600);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* complain(io, `Failed to take /etc/passwd lock: ${error.message}`);
        return 1;
      }
    }
    const databases = yield* Databases.open(sys, root);
    const ranges = lines.filter(({ kind }) => kind === "r").map(({ id = "" }) => id.split("-").map(Number)).map(([low = 0, high = low]) => [low, high] as const);
    const accountant = new Accountant(databases, ranges, todayOf(sys), (line) => complain(io, line, "info"));
    const explicit = new Set(lines.filter(({ kind }) => kind === "u").map(({ name }) => name));
    for (const line of lines) if (line.kind === "g") yield* accountant.group(line.name, line.id);
    for (const { kind, id } of lines) if (kind === "m" && id !== undefined && !explicit.has(id)) yield* accountant.group(id, undefined);
    for (const line of lines) if (line.kind === "u") yield* accountant.user(line);
    for (const { kind, name, id } of lines) {
      if (kind !== "m" || id === undefined) continue;
      yield* accountant.user({ name, id: undefined, gecos: "", home: "", shell: "" });
      accountant.member(name, id);
    }
    if (accountant.changed) {
      if (options.dryRun) for (const file of FILES) yield* complain(io, `Would write /etc/${file}…`, "info");
      else yield* databases.save();
    }
    return wrong ? 1 : 0;
  },
});
