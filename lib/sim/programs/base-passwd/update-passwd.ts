// update-passwd: brings the base system's accounts and groups back to what base-passwd lists (update-passwd(8), base-passwd 3.6.1).
import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";

const lastStaticId = 99;

type Row = readonly string[];

function rowsOf(text: string): readonly Row[] {
  return text.split("\n").filter((line) => line !== "" && !/^[+-]/.test(line)).map((line) => line.split(":"));
}

const nameOf = (row: Row): string => row[0] ?? "";
const idOf = (row: Row): number => Number(row[2]);

/** Ids that belong to Debian's own list: 0 to 99 and those from 60000 to 64999 and 65534 that the list has. */
const isStatic = (row: Row): boolean => idOf(row) <= lastStaticId;

class Table {
  rows: Row[];
  changed = false;

  constructor(rows: readonly Row[]) {
    this.rows = [...rows];
  }

  add(row: Row): void {
    this.rows.push(row);
    this.changed = true;
  }

  remove(name: string): void {
    this.rows = this.rows.filter((row) => nameOf(row) !== name);
    this.changed = true;
  }

  set(name: string, field: number, value: string): void {
    this.rows = this.rows.map((row) => (nameOf(row) === name ? row.map((old, at) => (at === field ? value : old)) : row));
    this.changed = true;
  }
}

/** The file before is kept with a dash behind its name. */
function* rewrite(sys: Sys, path: string, table: Table): Blocking<void> {
  const { mode, uid, gid } = sys.stat(path);
  const fd = yield* sys.open(`${path}.upwd-write`, O.WRONLY | O.CREAT | O.TRUNC, mode & 0o7777);
  sys.fchmod(fd, mode & 0o7777);
  sys.fchown(fd, uid, gid);
  yield* sys.write(fd, encode(table.rows.map((row) => `${row.join(":")}\n`).join("")));
  sys.close(fd);
  sys.rename(path, `${path}-`);
  sys.rename(`${path}.upwd-write`, path);
}

interface Plan {
  readonly said: string[];
  changes: number;
}

export default program(
  {
    name: "update-passwd", path: "/usr/sbin/update-passwd", manSection: 8, showsHelp: true, summary: "bring the system accounts of passwd, shadow and group up to date", synopsis: ["[OPTION]..."],
    options: [
      text(["-p", "--passwd-master"], "file", "the list of accounts that should be there"), text(["-g", "--group-master"], "file", "the list of groups that should be there"), text(["-P", "--passwd"], "file", "the accounts of the system"),
      text(["-S", "--shadow"], "file", "the passwords of the system"), text(["-G", "--group"], "file", "the groups of the system"), flag(["-s", "--sanity-check"], "check only that the files can be read"), flag(["-v", "--verbose"], "tell more; twice for still more"),
      flag(["-n", "--dry-run"], "tell what would change, change nothing"), flag(["-L", "--no-locking"], "do not lock the files"), flag(["-h", "--help"], "show this help"), flag(["-V", "--version"], "show the version"),
    ],
    description: ["Debian's packages rely on some accounts and groups with fixed numbers below 100, as /usr/share/base-passwd lists them. update-passwd adds those that are missing, removes others in that range, and puts numbers, comments, home directories and shells right. Passwords and the members of groups stay."],
    exitStatuses: [["0", "nothing to do, or all done"], ["N", "with -n: so many changes would be made"]],
    seeAlso: ["passwd(5)", "group(5)", "shadow(5)"],
  },
  function* (sys, argv, io: Io) {
    const files = new Map([["p", "/usr/share/base-passwd/passwd.master"], ["g", "/usr/share/base-passwd/group.master"], ["P", "/etc/passwd"], ["S", "/etc/shadow"], ["G", "/etc/group"]]);
    const longNames = new Map([["passwd-master", "p"], ["group-master", "g"], ["passwd", "P"], ["shadow", "S"], ["group", "G"], ["sanity-check", "s"], ["verbose", "v"], ["dry-run", "n"], ["no-locking", "L"], ["help", "h"], ["version", "V"]]);
    const on = new Set<string>();
    let verbosity = 0;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const long = /^--([^=]+)(?:=(.*))?$/.exec(word);
      const letters = long === null ? (/^-./.test(word) ? word.slice(1) : "") : longNames.get(long[1] ?? "");
      if (letters === undefined) {
        yield* io.stderr(`update-passwd: unrecognized option '${word}'\nInternal error: getopt_long returned unexpected value '?'\n`);
        return 1;
      }
      for (let index = 0; index < letters.length; index++) {
        const letter = letters.charAt(index);
        if (files.has(letter)) {
          const attached = long === null ? letters.slice(index + 1) : long[2];
          const value = attached !== undefined && attached !== "" ? attached : argv[++at];
          if (value === undefined) {
            yield* io.stderr(`update-passwd: option requires an argument -- '${letter}'\nInternal error: getopt_long returned unexpected value '?'\n`);
            return 1;
          }
          files.set(letter, value);
          break;
        }
        if (!"svnLhV".includes(letter)) {
          yield* io.stderr(`update-passwd: invalid option -- '${letter}'\nInternal error: getopt_long returned unexpected value '?'\n`);
          return 1;
        }
        if (letter === "v") verbosity++;
        on.add(letter);
      }
    }
    const file = (letter: string): string => files.get(letter) ?? "";
    if (on.has("V")) {
      io.out.put("update-passwd 3.6.1\n");
      return 0;
    }
    const texts = new Map<string, readonly Row[]>();
    for (const [letter, kind] of [["p", "passwd"], ["g", "group"], ["P", "passwd"], ["S", "shadow"], ["G", "group"]] as const) {
      if (verbosity > 1) io.out.put(`Reading ${kind} from ${file(letter)}\n`);
      const problem = yield* unreadable(sys, file(letter));
      if (problem !== undefined) {
        yield* io.stderr(`Error opening ${kind} file ${file(letter)}: ${problem}\n`);
        return 2;
      }
      texts.set(letter, rowsOf((yield* readTextFile(sys, file(letter))) ?? ""));
    }
    if (on.has("s")) return 0;
    const list = (letter: string): readonly Row[] => texts.get(letter) ?? [];
    const users = new Table(list("P"));
    const groups = new Table(list("G"));
    const passwords = new Table(list("S"));
    const plan: Plan = { said: [], changes: 0 };
    const note = (line: string): void => {
      plan.said.push(line);
      plan.changes++;
    };
    const groupName = (id: string): string => list("G").find((row) => row[2] === id)?.[0] ?? "ABSENT";
    for (const master of list("g")) {
      const own = list("G").find((row) => nameOf(row) === nameOf(master));
      if (own !== undefined) continue;
      note(`Adding group "${nameOf(master)}" (${idOf(master)})`);
      groups.add([nameOf(master), "x", String(idOf(master)), ""]);
    }
    for (const own of list("G")) {
      if (!isStatic(own) || list("g").some((row) => nameOf(row) === nameOf(own))) continue;
      note(`Removing group "${nameOf(own)}" (${idOf(own)})`);
      groups.remove(nameOf(own));
    }
    for (const master of list("g")) {
      const own = list("G").find((row) => nameOf(row) === nameOf(master));
      if (own === undefined || idOf(own) === idOf(master)) continue;
      note(`Changing gid of ${nameOf(own)} from ${idOf(own)} to ${idOf(master)}`);
      groups.set(nameOf(own), 2, String(idOf(master)));
    }
    for (const master of list("p")) {
      if (list("P").some((row) => nameOf(row) === nameOf(master))) continue;
      note(`Adding user "${nameOf(master)}" (${idOf(master)})`);
      users.add([nameOf(master), "x", ...master.slice(2)]);
      passwords.add([nameOf(master), "*", String(Math.floor(sys.clockUs("realtime") / 86_400_000_000)), "0", "99999", "7", "", "", ""]);
    }
    for (const own of list("P")) {
      if (!isStatic(own) || list("p").some((row) => nameOf(row) === nameOf(own))) continue;
      note(`Removing user "${nameOf(own)}" (${idOf(own)})`);
      users.remove(nameOf(own));
      passwords.remove(nameOf(own));
    }
    for (const master of list("p")) {
      const own = list("P").find((row) => nameOf(row) === nameOf(master));
      if (own === undefined) continue;
      const name = nameOf(own);
      const [, , uid = "", gid = "", gecos = "", home = "", shell = ""] = own;
      const [, , newUid = "", newGid = "", newGecos = "", newHome = "", newShell = ""] = master;
      // the number of _apt was dynamic before Debian 12; such a system keeps its own
      if (uid !== newUid && isStatic(own)) {
        note(`Changing uid of ${name} from ${uid} to ${newUid}`);
        users.set(name, 2, newUid);
      }
      if (gid !== newGid) {
        note(`Changing gid of ${name} from ${gid} (${groupName(gid)}) to ${newGid} (${groupName(newGid)})`);
        users.set(name, 3, newGid);
      }
      if (gecos !== newGecos) {
        note(`Changing GECOS of ${name} from "${gecos}" to "${newGecos}".`);
        users.set(name, 4, newGecos);
      }
      if (home !== newHome) {
        note(`Changing home-directory of ${name} from ${home} to ${newHome}`);
        users.set(name, 5, newHome);
      }
      // root may have the shell that it likes
      if (shell !== newShell && name !== "root") {
        note(`Changing shell of ${name} from ${shell} to ${newShell}`);
        users.set(name, 6, newShell);
      }
    }
    const { changes, said } = plan;
    if (changes === 0) {
      io.out.put("No changes needed\n");
      return 0;
    }
    if (on.has("n") || verbosity > 0) for (const line of said) io.out.put(`${line}\n`);
    if (on.has("n")) {
      io.out.put(`Would commit ${changes} changes\n`);
      return Math.min(changes, 255);
    }
    io.out.put(`${changes} changes have been made, rewriting files\n`);
    try {
      for (const [letter, table] of [["P", users], ["S", passwords], ["G", groups]] as const) if (table.changed) yield* rewrite(sys, file(letter), table);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`Failed to open passwd-file ${file("P")} for writing: ${error.message}\n`);
      return 2;
    }
    return 0;
  },
);

/** Why the file cannot be opened; undefined when it can. */
function* unreadable(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    sys.close(yield* sys.open(path, O.RDONLY));
    return undefined;
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}
