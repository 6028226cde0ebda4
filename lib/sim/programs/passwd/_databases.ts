// The account databases as the shadow tools read and rewrite them: passwd(5), shadow(5), group(5), gshadow(5), subuid(5).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

export interface ShadowEntry {
  readonly name: string;
  readonly password: string;
  readonly lastChangeDay: number | undefined;
  readonly minDays: number | undefined;
  readonly maxDays: number | undefined;
  readonly warnDays: number | undefined;
  readonly inactiveDays: number | undefined;
  readonly expireDay: number | undefined;
}

const optionalNumber = (text: string | undefined): number | undefined => (text === undefined || text === "" ? undefined : Number(text));

export function parseShadow(text: string): ShadowEntry[] {
  const entries: ShadowEntry[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [name = "", password = "", last, min, max, warn, inactive, expire] = line.split(":");
    entries.push({
      name, password, lastChangeDay: optionalNumber(last), minDays: optionalNumber(min), maxDays: optionalNumber(max), warnDays: optionalNumber(warn), inactiveDays: optionalNumber(inactive), expireDay: optionalNumber(expire),
    });
  }
  return entries;
}

export function shadowLine(entry: ShadowEntry): string {
  const field = (value: number | undefined): string => (value === undefined ? "" : String(value));
  return [entry.name, entry.password, field(entry.lastChangeDay), field(entry.minDays), field(entry.maxDays), field(entry.warnDays), field(entry.inactiveDays), field(entry.expireDay), ""].join(":");
}

export const DATABASES = { passwd: "/etc/passwd", shadow: "/etc/shadow", group: "/etc/group", gshadow: "/etc/gshadow", subuid: "/etc/subuid", subgid: "/etc/subgid" } as const;
export type DatabaseName = keyof typeof DATABASES;

/** The databases of one root directory, in memory: rows of fields. Written back together, the old files kept with a dash. */
export class Databases {
  readonly #sys: Sys;
  readonly #prefix: string;
  readonly #rows = new Map<DatabaseName, string[][]>();
  readonly #changed = new Set<DatabaseName>();

  private constructor(sys: Sys, prefix: string) {
    this.#sys = sys;
    this.#prefix = prefix;
  }

  static *open(sys: Sys, prefix = ""): Blocking<Databases> {
    const databases = new Databases(sys, prefix);
    for (const name of ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] as const) {
      const text = (yield* readTextFile(sys, prefix + DATABASES[name])) ?? "";
      databases.#rows.set(name, text.split("\n").filter((line) => line !== "").map((line) => line.split(":")));
    }
    return databases;
  }

  rows(name: DatabaseName): readonly (readonly string[])[] {
    return this.#rows.get(name) ?? [];
  }

  find(name: DatabaseName, key: string): readonly string[] | undefined {
    return this.rows(name).find((row) => row[0] === key);
  }

  findById(name: "passwd" | "group", id: number): readonly string[] | undefined {
    return this.rows(name).find((row) => Number(row[2]) === id);
  }

  append(name: DatabaseName, row: readonly string[]): void {
    this.#rows.get(name)?.push([...row]);
    this.#changed.add(name);
  }

  /** Replaces the row of that key. */
  replace(name: DatabaseName, key: string, row: readonly string[]): void {
    const rows = this.#rows.get(name);
    const at = rows?.findIndex((one) => one[0] === key) ?? -1;
    if (rows === undefined || at < 0) return;
    rows[at] = [...row];
    this.#changed.add(name);
  }

  setField(name: DatabaseName, key: string, field: number, value: string): void {
    const row = this.find(name, key);
    if (row === undefined || row[field] === value) return;
    const changed = [...row];
    changed[field] = value;
    this.replace(name, key, changed);
  }

  remove(name: DatabaseName, key: string): void {
    const rows = this.#rows.get(name);
    if (rows === undefined) return;
    const kept = rows.filter((row) => row[0] !== key);
    if (kept.length === rows.length) return;
    this.#rows.set(name, kept);
    this.#changed.add(name);
  }

  members(group: string): readonly string[] {
    return (this.find("group", group)?.[3] ?? "").split(",").filter((name) => name !== "");
  }

  setMembers(group: string, members: readonly string[]): void {
    this.setField("group", group, 3, members.join(","));
    if (this.find("gshadow", group) !== undefined) this.setField("gshadow", group, 3, members.join(","));
  }

  groupsOf(user: string): readonly string[] {
    return this.rows("group").filter((row) => (row[3] ?? "").split(",").includes(user)).map((row) => row[0] ?? "");
  }

  /** Lowest free id of the range for people (upwards from the highest in use), or of the system's (downwards), as useradd chooses. */
  freeId(kind: "passwd" | "group", low: number, high: number, system: boolean): number | undefined {
    const used = new Set(this.rows(kind).map((row) => Number(row[2])));
    if (system) {
      for (let id = high; id >= low; id--) if (!used.has(id)) return id;
      return undefined;
    }
    let highest = low - 1;
    for (const id of used) if (id >= low && id <= high && id > highest) highest = id;
    if (highest < high && !used.has(highest + 1)) return highest + 1;
    for (let id = low; id <= high; id++) if (!used.has(id)) return id;
    return undefined;
  }

  *save(): Blocking<void> {
    const sys = this.#sys;
    for (const name of this.#changed) {
      const path = this.#prefix + DATABASES[name];
      const secret = name === "shadow" || name === "gshadow";
      const text = this.rows(name).map((row) => `${row.join(":")}\n`).join("");
      let gid = 0;
      let mode = secret ? 0o440 : 0o644;
      try {
        const old = sys.stat(path);
        gid = old.gid;
        mode = old.mode & 0o7777;
        try {
          sys.unlink(`${path}-`);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        yield* copyFile(sys, path, `${path}-`, mode, gid);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      yield* writeWhole(sys, `${path}+`, text, mode, gid);
      sys.rename(`${path}+`, path);
    }
    this.#changed.clear();
  }
}

function* writeWhole(sys: Sys, path: string, text: string, mode: number, gid: number): Blocking<void> {
  const fd = yield* sys.open(path, O.WRONLY | O.CREAT | O.TRUNC, mode);
  sys.fchmod(fd, mode);
  sys.fchown(fd, 0, gid);
  yield* sys.write(fd, encode(text));
  sys.close(fd);
}

function* copyFile(sys: Sys, from: string, to: string, mode: number, gid: number): Blocking<void> {
  yield* writeWhole(sys, to, (yield* readTextFile(sys, from)) ?? "", mode, gid);
}

/** KEY VALUE pairs of /etc/login.defs. */
export function* loginDefs(sys: Sys): Blocking<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of ((yield* readTextFile(sys, "/etc/login.defs")) ?? "").split("\n")) {
    const match = /^([A-Z_]+)\s+(\S.*)$/.exec(line.trim());
    if (match !== null) found.set(match[1] ?? "", (match[2] ?? "").trim());
  }
  return found;
}

/** What every tool that changes the databases says when the caller is not root. */
export function* mayChange(sys: Sys, program: string, file: string): Blocking<boolean> {
  if (sys.getcred().euid === 0) return true;
  yield* sys.write(2, encode(`${program}: Permission denied.\n${program}: cannot lock ${file}; try again later.\n`));
  return false;
}

export const todayOf = (sys: Sys): number => Math.floor(sys.clockUs("realtime") / 86_400_000_000);

/** A salt of sixteen characters of crypt's alphabet. */
export function newSalt(sys: Sys): string {
  const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return [...sys.random(16)].map((byte) => alphabet.charAt(byte & 63)).join("");
}
