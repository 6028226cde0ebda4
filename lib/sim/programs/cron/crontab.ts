// crontab: shows, replaces, edits or removes a user's table of jobs (crontab(1), Debian's cron 3.0pl1).
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { Input } from "../kit/input.ts";
import { Output } from "../kit/output.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { civilAt, strftime } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { CRONTABS, parseTable } from "./_table.ts";

/** What an editor begins with when there is no table yet. */
const newTable = `# Your table of jobs for cron: one job to a line, which
# says when to run it and what to run.
# Lines that begin with # are notes like this; cron skips them.
#
# The first five fields say when. Each of them is a number,
# a list (1,15), a range (1-5), a step (*/10), or '*' for
# every value. In order: minute (m), hour (h), day of the
# month (dom), month (mon), day of the week (dow).
#
# cron compares them with the time and the time zone of
# this machine, and looks again at each full minute.
#
# Whatever a job prints, its errors included, is mailed to
# the owner of the table, unless the job sends its output
# elsewhere, to a file for example.
#
# An example: on every Monday at five in the morning, keep a
# copy of all home directories in one archive:
# 0 5 * * 1 tar -zcf /var/backups/home.tgz /home/
#
# To know more: man 5 crontab, man 8 cron
#
# m h  dom mon dow   command
`;

const usageLines = `usage:\tcrontab [-u user] [-n] file
\tcrontab [ -u user ] [ -i ] { -e | -l | -r }

\t-h\t(show this text)

\tfile\t(the new table; - is standard input)
\t-n\t(only check the table)
\t-u user\t(the table of this user)

\t-e\t(edit the table)
\t-l\t(print the table)
\t-r\t(remove the table)

\t-i\t(with -r: ask first)
`;

type Operation = { readonly kind: "list" | "edit" | "delete" } | { readonly kind: "replace" | "check"; readonly file: string } | { readonly kind: "help" };

interface Invocation {
  readonly operation: Operation;
  readonly userName: string | undefined;
  readonly ask: boolean;
}

/** The usage error's own words instead, when there is one. */
function parseArguments(args: readonly string[]): Invocation | { readonly usage: string; readonly invalid?: string } {
  let operation: Operation | undefined;
  let userName: string | undefined;
  let ask = false;
  let check = false;
  const rest = [...args];
  for (;;) {
    const word = rest[0];
    if (word === undefined || !word.startsWith("-") || word === "-") break;
    rest.shift();
    if (word === "--") break;
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? "";
      if (letter === "u") {
        const value = word.slice(at + 1) || rest.shift();
        if (value === undefined) return { usage: "unrecognized option", invalid: "option requires an argument -- 'u'" };
        userName = value;
        break;
      }
      if (letter === "i") ask = true;
      else if (letter === "n") check = true;
      else if (letter === "h") return { operation: { kind: "help" }, userName, ask };
      else if (letter === "l" || letter === "e" || letter === "r") {
        if (operation !== undefined) return { usage: "only one operation permitted" };
        operation = { kind: letter === "l" ? "list" : letter === "e" ? "edit" : "delete" };
      } else return { usage: "unrecognized option", invalid: `invalid option -- '${letter}'` };
    }
  }
  if (operation !== undefined) return rest.length > 0 ? { usage: "no arguments permitted after this option" } : { operation, userName, ask };
  const [file] = rest;
  return file === undefined ? { usage: "file name must be specified for replace" } : { operation: { kind: check ? "check" : "replace", file }, userName, ask };
}

class Crontab {
  readonly #sys: Sys;
  readonly #caller: User;
  readonly #owner: User;
  readonly #path: string;
  readonly #accounts: Accounts;
  readonly #out: Output;
  readonly #stdin: Input;

  constructor(sys: Sys, accounts: Accounts, caller: User, owner: User) {
    this.#sys = sys;
    this.#accounts = accounts;
    this.#caller = caller;
    this.#owner = owner;
    this.#path = `${CRONTABS}/${owner.name}`;
    this.#out = new Output(sys, 1);
    this.#stdin = new Input(sys, 0, this.#out);
  }

  *#complain(text: string): Blocking<number> {
    yield* this.#sys.write(2, encode(text));
    return 1;
  }

  *#log(action: string): Blocking<void> {
    yield* syslog(this.#sys, { identifier: "crontab", facility: FACILITY.cron, priority: PRIORITY.info, message: `(${this.#caller.name}) ${action} (${this.#owner.name})`, withPid: true });
  }

  *#stored(): Blocking<string | undefined> {
    return yield* readTextFile(this.#sys, this.#path);
  }

  /** The table as its owner wrote it, without the lines that `install` puts before it. */
  #shown(text: string): string {
    const lines = text.split("\n");
    let skipped = 0;
    while (skipped < 3 && (lines[skipped]?.startsWith("# DO NOT EDIT") || lines[skipped]?.startsWith("# (") )) skipped++;
    return lines.slice(skipped).join("\n");
  }

  *run(operation: Operation, ask: boolean): Blocking<number> {
    switch (operation.kind) {
      case "list": return yield* this.#list();
      case "delete": return yield* this.#delete(ask);
      case "edit": return yield* this.#edit();
      case "replace": return yield* this.#replace(operation.file);
      case "check": return yield* this.#replace(operation.file, true);
      case "help":
        this.#out.put(usageLines);
        yield* this.#out.flush();
        return 0;
    }
  }

  *#list(): Blocking<number> {
    yield* this.#log("LIST");
    const text = yield* this.#stored();
    if (text === undefined) return yield* this.#complain(`no crontab for ${this.#owner.name}\n`);
    this.#out.put(this.#shown(text));
    yield* this.#out.flush();
    return 0;
  }

  *#delete(ask: boolean): Blocking<number> {
    if (ask && !(yield* this.#confirm(`crontab: really delete ${this.#owner.name}'s crontab? (y/n) `))) return 0;
    yield* this.#log("DELETE");
    try {
      this.#sys.unlink(this.#path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.#complain(error.errno === "ENOENT" ? `no crontab for ${this.#owner.name}\n` : `${this.#path}: ${error.message}\n`);
    }
    this.#touchSpool();
    return 0;
  }

  *#confirm(question: string): Blocking<boolean> {
    for (;;) {
      this.#out.put(question);
      yield* this.#out.flush();
      const answer = yield* this.#stdin.line();
      if (answer === undefined) return false;
      const letter = answer[0];
      if (letter === "y" || letter === "Y") return true;
      if (letter === "n" || letter === "N") return false;
      this.#out.put("Please enter Y or N: ");
    }
  }

  *#replace(file: string, checkOnly = false): Blocking<number> {
    let text: string | undefined;
    if (file === "-") {
      const parts: Uint8Array[] = [];
      for (;;) {
        const bytes = yield* this.#stdin.chunk();
        if (bytes.length === 0) break;
        parts.push(bytes);
      }
      text = parts.map((bytes) => decode(bytes)).join("");
    } else {
      // with the caller's own rights
      const cred = this.#sys.getcred();
      this.#sys.setresgid(cred.rgid, cred.rgid, cred.sgid);
      try {
        this.#sys.close(yield* this.#sys.open(file, O.RDONLY));
        text = (yield* readTextFile(this.#sys, file)) ?? "";
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return yield* this.#complain(`${file}: ${error.message}\n`);
      } finally {
        this.#sys.setresgid(cred.rgid, cred.sgid, cred.sgid);
      }
    }
    if (checkOnly) {
      if (!(yield* this.#isRight(text, file))) return 1;
      return (yield* this.#complain("The syntax of the crontab file was successfully checked.\n")) - 1;
    }
    const installed = yield* this.#install(text, file);
    return installed === "installed" ? 0 : 1;
  }

  /** The first mistake is told; crontab counts the lines from 0. */
  *#isRight(text: string, shownName: string): Blocking<boolean> {
    const [error] = parseTable(text, false).errors;
    if (error === undefined) return true;
    yield* this.#complain(`"${shownName}":${error.line - 1}: ${error.message}\n`);
    yield* this.#complain("errors in crontab file, can't install.\n");
    return false;
  }

  /** Checks a table and puts it into the spool. */
  *#install(text: string, shownName: string): Blocking<"installed" | "errors" | "failed"> {
    if (!(yield* this.#isRight(text, shownName))) return "errors";
    if (text !== "" && !text.endsWith("\n")) {
      yield* this.#complain("new crontab file is missing newline before EOF, can't install.\n");
      return "errors";
    }
    const temporary = `${CRONTABS}/tmp.${this.#randomName()}`;
    try {
      const fd = yield* this.#sys.open(temporary, O.WRONLY | O.CREAT | O.EXCL, 0o600);
      const header = `# DO NOT EDIT THIS FILE - edit the master and reinstall.\n# (${shownName} installed on ${ctime(this.#sys.clockUs("realtime"))})\n# (Cron version -- $Id: crontab.c,v 2.13 1994/01/17 03:20:37 vixie Exp $)\n`;
      yield* this.#sys.write(fd, encode(header + text));
      if (this.#sys.getcred().euid === 0) this.#sys.fchown(fd, this.#owner.uid, this.#accounts.groupByName("crontab")?.gid ?? 0);
      this.#sys.close(fd);
      this.#sys.rename(temporary, this.#path);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* this.#complain(`${CRONTABS}/: ${error.message}\n`);
      return "failed";
    }
    this.#touchSpool();
    yield* this.#log("REPLACE");
    return "installed";
  }

  *#edit(): Blocking<number> {
    yield* this.#log("BEGIN EDIT");
    const stored = yield* this.#stored();
    if (stored === undefined) yield* this.#complain(`no crontab for ${this.#owner.name} - using an empty one\n`);
    const cred = this.#sys.getcred();
    const asCaller = (): void => this.#sys.setresgid(cred.rgid, cred.rgid, cred.sgid);
    const asGroup = (): void => this.#sys.setresgid(cred.rgid, cred.sgid, cred.sgid);
    asCaller();
    const directory = `/tmp/crontab.${this.#randomName()}`;
    const file = `${directory}/crontab`;
    this.#sys.mkdir(directory, 0o700);
    const fd = yield* this.#sys.open(file, O.WRONLY | O.CREAT | O.EXCL, 0o600);
    yield* this.#sys.write(fd, encode(stored === undefined ? newTable : this.#shown(stored)));
    this.#sys.close(fd);
    const editor = this.#sys.environment.get("VISUAL") ?? this.#sys.environment.get("EDITOR") ?? "/usr/bin/sensible-editor";
    const before = this.#sys.stat(file);
    for (;;) {
      const pid = this.#sys.fork(function* (child) {
        child.setresgid(cred.rgid, cred.rgid, cred.rgid);
        return yield* child.exec("/bin/sh", ["/bin/sh", "-c", `${editor} ${file}`], child.environment);
      });
      const waited = yield* this.#sys.waitpid(pid);
      const status = waited?.status;
      if (status === undefined || status.kind !== "exited" || status.status !== 0) {
        yield* this.#complain(status?.kind === "exited" ? `crontab: "${editor}" exited with status ${status.status}\n` : `crontab: "${editor}" killed\n`);
        return 1;
      }
      const after = this.#sys.stat(file);
      if (after.mtimeUs === before.mtimeUs && after.ino === before.ino) {
        yield* this.#complain("No modification made\n");
        break;
      }
      yield* this.#complain("crontab: installing new crontab\n");
      const text = (yield* readTextFile(this.#sys, file)) ?? "";
      asGroup();
      const installed = yield* this.#install(text, file);
      asCaller();
      if (installed === "installed") break;
      if (installed === "failed" || !(yield* this.#confirm("Do you want to retry the same edit? (y/n) "))) {
        yield* this.#complain(`crontab: edits left in ${file}\n`);
        return 1;
      }
    }
    this.#sys.unlink(file);
    this.#sys.rmdir(directory);
    yield* this.#log("END EDIT");
    return 0;
  }

  /** cron looks at the directory's time. */
  #touchSpool(): void {
    try {
      this.#sys.utimes(CRONTABS, "now", "now");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  #randomName(): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return [...this.#sys.random(6)].map((byte) => letters[byte % letters.length]).join("");
  }
}

/** ctime(3) without its newline, in UTC. */
function ctime(epochUs: number): string {
  const civil = civilAt(UTC, Math.floor(epochUs / 1e6));
  return strftime("%a %b %e %H:%M:%S %Y", civil);
}

const command: Command = {
  name: "crontab",
  mode: 0o2755,
  group: "crontab",
  declaration: {
    name: "crontab",
    summary: "edit, show or remove a user's table of scheduled commands (crontab)",
    synopsis: ["[ -u user ] [ -n ] file", "[ -u user ] [ -i ] { -e | -l | -r }"],
    operands: "files",
    options: [
      { names: ["-u"], argument: "user", argumentOptional: false, help: "the table of this user", support: "simulated" },
      { names: ["-l"], argument: undefined, argumentOptional: false, help: "print the table", support: "simulated" },
      { names: ["-e"], argument: undefined, argumentOptional: false, help: "edit the table", support: "simulated" },
      { names: ["-r"], argument: undefined, argumentOptional: false, help: "remove the table", support: "simulated" },
      { names: ["-i"], argument: undefined, argumentOptional: false, help: "with -r: ask first", support: "simulated" },
      { names: ["-n"], argument: undefined, argumentOptional: false, help: "check the table, do not install it", support: "simulated" },
      { names: ["-h"], argument: undefined, argumentOptional: false, help: "show how to call it", support: "simulated" },
    ],
  },
  *program(sys, argv) {
    const invocation = parseArguments(argv.slice(1));
    if ("usage" in invocation) {
      yield* sys.write(2, encode(`${invocation.invalid === undefined ? "" : `crontab: ${invocation.invalid}\n`}crontab: usage error: ${invocation.usage}\n${usageLines}`));
      return 1;
    }
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    const caller = accounts.userById(cred.ruid);
    if (caller === undefined) {
      yield* sys.write(2, encode("crontab: your UID isn't in the passwd file.\nbailing out.\n"));
      return 1;
    }
    if (invocation.userName !== undefined && cred.ruid !== 0 && invocation.userName !== caller.name) {
      yield* sys.write(2, encode("must be privileged to use -u\n"));
      return 1;
    }
    const owner = invocation.userName === undefined ? caller : accounts.userByName(invocation.userName);
    if (owner === undefined) {
      yield* sys.write(2, encode(`crontab:  user \`${invocation.userName ?? ""}' unknown\n`));
      return 1;
    }
    if (!(yield* isAllowed(sys, caller))) {
      yield* sys.write(2, encode(`You (${caller.name}) are not allowed to use this program (crontab)\nSee crontab(1) for more information\n`));
      yield* syslog(sys, { identifier: "crontab", facility: FACILITY.cron, priority: PRIORITY.info, message: `(${caller.name}) AUTH (crontab command not allowed)`, withPid: true });
      return 1;
    }
    return yield* new Crontab(sys, accounts, caller, owner).run(invocation.operation, invocation.ask);
  },
};

/** /etc/cron.allow names everybody who may; without it, /etc/cron.deny those who may not. */
function* isAllowed(sys: Sys, caller: User): Blocking<boolean> {
  if (caller.uid === 0) return true;
  const allowed = yield* readTextFile(sys, "/etc/cron.allow");
  if (allowed !== undefined) return allowed.split("\n").includes(caller.name);
  return !((yield* readTextFile(sys, "/etc/cron.deny")) ?? "").split("\n").includes(caller.name);
}

export default command;
