// chown and chgrp: parsing of OWNER[:GROUP], the walk, the messages.

import { type Blocking, S, type Stat } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import type { Command } from "../kit/command.ts";
import { type Io, flag, gnu, reason, text } from "../kit/gnu.ts";
import { refusesRoot, walkTree } from "./_tree-walk.ts";

export interface Owner {
  /** -1: stays */
  readonly uid: number;
  readonly gid: number;
  /** as typed, for messages */
  readonly userName: string | undefined;
  readonly groupName: string | undefined;
  /** "user.group" was written */
  readonly oldSeparator?: boolean;
}

/** A number that an account may have; the last one of 32 bits means "leave it". */
function isId(text: string): boolean {
  return /^\+?\d+$/.test(text) && Number(text) < 2 ** 32 - 1;
}

/** A message when the text is wrong: "invalid user", "invalid group", "invalid spec". */
export function parseOwner(spec: string, accounts: Accounts): Owner | string {
  const parse = (user: string, separator: boolean, group: string): Owner | string => {
    let uid = -1;
    let gid = -1;
    let userName: string | undefined;
    let groupName: string | undefined;
    if (user !== "") {
      const found = user.startsWith("+") ? undefined : accounts.userByName(user);
      if (!found && !isId(user)) return "invalid user";
      uid = found?.uid ?? Number(user.replace("+", ""));
      userName = found?.name ?? user;
      if (separator && group === "") {
        if (!found) return "invalid spec";
        gid = found.gid;
        groupName = accounts.groupName(gid);
      }
    }
    if (group !== "") {
      const found = group.startsWith("+") ? undefined : accounts.groupByName(group);
      if (!found && !isId(group)) return "invalid group";
      gid = found?.gid ?? Number(group.replace("+", ""));
      groupName = found?.name ?? group;
    }
    return { uid, gid, userName, groupName };
  };
  const colon = spec.indexOf(":");
  if (colon >= 0) return parse(spec.slice(0, colon), true, spec.slice(colon + 1));
  const whole = parse(spec, false, "");
  const dot = spec.indexOf(".");
  if (typeof whole === "string" && dot >= 0) {
    const split = parse(spec.slice(0, dot), true, spec.slice(dot + 1));
    return typeof split === "string" ? whole : { ...split, oldSeparator: true };
  }
  return whole;
}

export function chownCommand(name: "chown" | "chgrp"): Command {
  const onlyGroup = name === "chgrp";
  return gnu({
    name,
    summary: onlyGroup ? "change the group of files" : "give files another owner and group",
    synopsis: onlyGroup ? ["[OPTION]... GROUP FILE...", "[OPTION]... --reference=RFILE FILE..."] : ["[OPTION]... [OWNER][:[GROUP]] FILE...", "[OPTION]... --reference=RFILE FILE..."],
    options: {
      changes: flag(["-c", "--changes"], "print a line for each file that really changes"),
      quiet: flag(["-f", "--silent", "--quiet"], "leave out most error messages"),
      verbose: flag(["-v", "--verbose"], "print a line for each file"),
      dereference: flag(["--dereference"], "change the file that a link leads to, not the link (the default)"),
      noDereference: flag(["-h", "--no-dereference"], "change a symbolic link itself, not the file that it leads to"),
      from: text(onlyGroup ? [] : ["--from"], "CURRENT_OWNER:CURRENT_GROUP", "only files that belong to this owner and group now; one of the two may be left out"),
      noPreserveRoot: flag(["--no-preserve-root"], "do not protect / (the default)"),
      preserveRoot: flag(["--preserve-root"], "with -R, refuse to work on /"),
      reference: text(["--reference"], "RFILE", "give the same owner and group as RFILE has"),
      recursive: flag(["-R", "--recursive"], "also change everything inside directories, at every depth"),
      followArguments: flag(["-H"], "with -R: enter a directory when an argument is a link to it"),
      followAll: flag(["-L"], "with -R: enter each directory that a link leads to"),
      followNone: flag(["-P"], "with -R: enter no directory through a link (the default)"),
    },
    parsing: { longOrder: "recursive changes dereference from no-dereference no-preserve-root preserve-root quiet silent reference verbose help version" },
    operands: "files",
    seeAlso: ["chmod(1)", "chown(2)"],
    *run({ options, operands, given, sys }, io: Io) {
      const dereferenceOption = given.findLast((one) => one.option === "dereference" || one.option === "noDereference")?.option;
      const walk = given.findLast((one) => one.option === "followArguments" || one.option === "followAll" || one.option === "followNone")?.option;
      const traversal = walk === "followArguments" ? "arguments" : walk === "followAll" ? "always" : "never";
      if (options.recursive && dereferenceOption === "dereference" && traversal === "never") io.die("-R --dereference requires either -H or -L");
      const [first, ...others] = operands;
      const files = options.reference === undefined ? others : [...operands];
      if (first === undefined) io.usage("missing operand");
      if (files.length === 0) io.usage(`missing operand after ${io.quote(first)}`);
      const accounts = yield* Accounts.read(sys);
      const parse = (spec: string): Owner => {
        const owner = parseOwner(spec, accounts);
        if (typeof owner === "string") return io.die(`${owner}: ${io.quote(spec)}`);
        return owner;
      };
      let owner: Owner;
      if (options.reference !== undefined) {
        let stat: Stat;
        try {
          stat = sys.stat(options.reference);
        } catch (error) {
          io.die(`failed to get attributes of ${io.quoteName(options.reference)}: ${reason(error)}`);
        }
        owner = { uid: onlyGroup ? -1 : stat.uid, gid: stat.gid, userName: onlyGroup ? undefined : accounts.userName(stat.uid), groupName: accounts.groupName(stat.gid) };
      } else if (onlyGroup) {
        const group = first.startsWith("+") ? undefined : accounts.groupByName(first);
        if (!group && first !== "" && !isId(first)) io.die(`invalid group: ${io.quote(first)}`);
        owner = { uid: -1, gid: first === "" ? -1 : (group?.gid ?? Number(first.replace("+", ""))), userName: undefined, groupName: first };
      } else {
        owner = parse(first);
        if (owner.oldSeparator) yield* io.warn(`warning: '.' should be ':': ${io.quote(first)}`);
        if (owner.uid === -1 && owner.gid !== -1) owner = { ...owner, userName: "" };
      }
      const from = options.from === undefined ? undefined : parse(options.from);
      const dereference = dereferenceOption !== "noDereference" && !(options.recursive && traversal === "never" && dereferenceOption === undefined);
      const preserveRoot = given.findLast((one) => one.option === "preserveRoot" || one.option === "noPreserveRoot")?.option === "preserveRoot";
      const verbosity = given.findLast((one) => one.option === "changes" || one.option === "verbose")?.option;
      for (const file of files) {
        if (yield* refusesRoot(file, options.recursive, preserveRoot, sys, io)) continue;
        yield* walkTree(file, { recursive: options.recursive, traversal, quiet: options.quiet, followFile: dereference, childrenFirst: true, *onFailure(path) { if (verbosity === "verbose") yield* io.tell(inaccessibleText(path, owner, io)); } }, sys, io, function* ({ path, lstat, stat }): Blocking<void> {
          const isLink = (lstat.mode & S.IFMT) === S.IFLNK;
          const subject = isLink && !dereference ? lstat : stat;
          const matches = !from || ((from.uid === -1 || from.uid === subject.uid) && (from.gid === -1 || from.gid === subject.gid));
          const before = { user: accounts.userName(subject.uid), group: accounts.groupName(subject.gid) };
          const changed = matches && ((owner.uid !== -1 && owner.uid !== subject.uid) || (owner.gid !== -1 && owner.gid !== subject.gid));
          let failed = false;
          if (matches) {
            try {
              sys.chown(path, owner.uid, owner.gid, !isLink || dereference);
            } catch (error) {
              failed = true;
              io.status = 1;
              if (!options.quiet) yield* io.fail(`changing ${onlyGroup || (owner.uid === -1 && owner.gid !== -1) ? "group" : "ownership"} of ${io.quoteName(path)}: ${reason(error)}`);
            }
          }
          if (verbosity === "verbose" || (verbosity === "changes" && changed && !failed)) yield* io.tell(changeText(path, owner, before, changed, failed, io));
        });
      }
    },
  });
}

function inaccessibleText(path: string, owner: Owner, io: Io): string {
  const userSet = owner.userName !== undefined;
  const groupSet = owner.groupName !== undefined && owner.gid !== -1;
  if (!userSet && !groupSet) return `failed to change ownership of ${io.quoteName(path)}\n`;
  return `failed to change ${userSet ? "ownership" : "group"} of ${io.quoteName(path)} to ${userSet && groupSet ? `${owner.userName}:${owner.groupName}` : userSet ? owner.userName : owner.groupName}\n`;
}

function changeText(path: string, owner: Owner, before: { readonly user: string; readonly group: string }, changed: boolean, failed: boolean, io: Io): string {
  const name = io.quoteName(path);
  const userSet = owner.userName !== undefined;
  const groupSet = owner.groupName !== undefined && owner.gid !== -1;
  if (!userSet && !groupSet) return failed ? `failed to change ownership of ${name}\n` : `ownership of ${name} retained\n`;
  const now = userSet && groupSet ? `${owner.userName}:${owner.groupName}` : userSet ? owner.userName : owner.groupName;
  const former = userSet && groupSet ? `${before.user}:${before.group}` : userSet ? before.user : before.group;
  const what = userSet ? "ownership" : "group";
  if (failed) return `failed to change ${what} of ${name} from ${former} to ${now}\n`;
  return changed ? `changed ${what} of ${name} from ${former} to ${now}\n` : `${what} of ${name} retained as ${former}\n`;
}
