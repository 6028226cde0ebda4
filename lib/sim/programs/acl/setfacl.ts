import { type Blocking, S, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, flag, gnu, text, texts } from "../kit/gnu.ts";
import { Exit } from "../kit/io.ts";
import { type AclEntry, type AclKind, type ParsedEntry, TAG, parseEntry, permissionLetters, readAcl, sorted, writeAcl } from "./_acl.ts";

interface Step {
  readonly action: "modify" | "remove" | "set" | "remove-all" | "remove-default";
  readonly entries: readonly ParsedEntry[];
}

export default gnu({
  name: "setfacl", path: "/usr/bin/setfacl", versionText: "setfacl 2.3.1\n", usageStatus: 2, summary: "change the access control lists (ACL) of files", synopsis: ["[-bkndRLP] { -m|-M|-x|-X ... } file ..."],
  options: {
    modify: texts(["-m", "--modify"], "acl", "add the entries of acl, or change those that are there"), modifyFile: texts(["-M", "--modify-file"], "file", "as -m, with the entries that file lists"), remove: texts(["-x", "--remove"], "acl", "take the entries of acl away"), removeFile: texts(["-X", "--remove-file"], "file", "as -x, with the entries that file lists"), removeAll: flag(["-b", "--remove-all"], "keep only the entries of owner, group and others"), removeDefault: flag(["-k", "--remove-default"], "a directory loses its default ACL"),
    set: texts(["--set"], "acl", "acl takes the place of the whole ACL"), setFile: texts(["--set-file"], "file", "as --set, with the entries that file lists"), mask: flag(["--mask"], "compute the mask anew, even when acl has one"), noMask: flag(["-n", "--no-mask"], "leave the mask as it stands"), default: flag(["-d", "--default"], "entries are meant for the default ACL"), recursive: flag(["-R", "--recursive"], "recurse into subdirectories"), logical: flag(["-L", "--logical"], "enter directories through symbolic links too"), physical: flag(["-P", "--physical"], "skip symbolic links"), restore: text(["--restore"], "file", "owners, groups and ACLs as file has them, which getfacl -R wrote"), test: flag(["--test"], "show what the ACLs would become, without writing them"),
  },
  operands: "files",
  *run({ options, operands, sys, given }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const parse = function* (spec: string, option: string): Blocking<readonly ParsedEntry[]> {
      const list: ParsedEntry[] = [];
      const words = spec.split(/[,\n]/).map((word) => word.replace(/#.*/, "").trim()).filter((word) => word !== "");
      let at = 0;
      for (const word of words) {
        at = spec.indexOf(word, at);
        const entry = parseEntry(word, accounts);
        if (entry === undefined || (entry.permissions === undefined && option !== "-x" && option !== "-X")) {
          // where reading stopped, counted from 1
          yield* io.stderr(`setfacl: Option ${option}: Invalid argument near character ${at + Math.min(word.length, (/^d(?:efault)?:/.exec(word)?.[0].length ?? 0) + (/^(?:d(?:efault)?:)?(?:u|user|g|group|m|mask|o|other):/.exec(word) === null ? 0 : word.replace(/^d(?:efault)?:/, "").indexOf(":") + 1)) + 1}\n`);
          throw new Exit(2);
        }
        list.push(options.default ? { ...entry, kind: "default" } : entry);
      }
      return list;
    };
    const fromFile = function* (name: string): Blocking<string> {
      if (name !== "-") return (yield* readTextFile(sys, name)) ?? io.die(`${name}: No such file or directory`, 1);
      let content = "";
      for (;;) {
        const lines = yield* io.stdin.lines();
        if (lines.length === 0) return content;
        content += lines.map((line) => `${line}\n`).join("");
      }
    };
    const steps: Step[] = [];
    for (const { option, argument = "" } of given) {
      if (option === "modify") steps.push({ action: "modify", entries: yield* parse(argument, "-m") });
      else if (option === "modifyFile") steps.push({ action: "modify", entries: yield* parse(yield* fromFile(argument), "-M") });
      else if (option === "remove") steps.push({ action: "remove", entries: yield* parse(argument, "-x") });
      else if (option === "removeFile") steps.push({ action: "remove", entries: yield* parse(yield* fromFile(argument), "-X") });
      else if (option === "set") steps.push({ action: "set", entries: yield* parse(argument, "--set") });
      else if (option === "setFile") steps.push({ action: "set", entries: yield* parse(yield* fromFile(argument), "--set-file") });
      else if (option === "removeAll") steps.push({ action: "remove-all", entries: [] });
      else if (option === "removeDefault") steps.push({ action: "remove-default", entries: [] });
    }
    if (options.restore !== undefined) {
      let path: string | undefined;
      const lists = new Map<string, string[]>();
      for (const line of (yield* fromFile(options.restore)).split("\n")) {
        const name = /^# file: (.*)$/.exec(line)?.[1];
        if (name !== undefined) {
          path = name;
          lists.set(name, []);
        } else if (path !== undefined && line.trim() !== "" && !line.startsWith("#")) lists.get(path)?.push(line.replace(/\s*#effective.*/, ""));
      }
      for (const [name, list] of lists) yield* change(name, [{ action: "remove-all", entries: [] }, { action: "set", entries: yield* parse(list.join("\n"), "--set") }]);
      return undefined;
    }
    if (steps.length === 0 || operands.length === 0) {
      yield* io.stderr("Usage: setfacl [-bkndRLP] { -m|-M|-x|-X ... } file ...\nTry `setfacl --help' for more information.\n");
      return 2;
    }
    for (const path of operands) yield* change(path, steps);
    return undefined;

    function* change(path: string, list: readonly Step[]): Blocking<void> {
      if (sys.charge(10)) yield* sys.preempt();
      try {
        const stat = sys.stat(path);
        const directory = (stat.mode & S.IFMT) === S.IFDIR;
        const lists = new Map<AclKind, readonly AclEntry[]>([["access", readAcl(sys, path, "access")], ["default", directory ? readAcl(sys, path, "default") : []]]);
        const touched = new Set<AclKind>();
        for (const step of list) {
          if (step.action === "remove-all" || step.action === "remove-default") {
            if (step.action === "remove-all") {
              // the group keeps what the mask left it
              const old = lists.get("access") ?? [];
              const mask = old.find((entry) => entry.tag === TAG.mask)?.permissions ?? 7;
              lists.set("access", old.filter((entry) => entry.tag === TAG.userObj || entry.tag === TAG.groupObj || entry.tag === TAG.other).map((entry) => (entry.tag === TAG.groupObj ? { ...entry, permissions: entry.permissions & mask } : entry)));
              touched.add("access");
            }
            lists.set("default", []);
            touched.add("default");
            continue;
          }
          for (const kind of ["access", "default"] as const) {
            const own = step.entries.filter((entry) => entry.kind === kind);
            if (own.length === 0) continue;
            if (kind === "default" && !directory) {
              if (options.recursive) continue;
              yield* io.fail(`${path}: Only directories can have default ACLs`);
              return;
            }
            let entries = step.action === "set" ? [] : [...(lists.get(kind) ?? [])];
            if (step.action === "remove") {
              for (const { tag, id } of own) entries = entries.filter((entry) => entry.tag !== tag || entry.id !== id || tag === TAG.userObj || tag === TAG.groupObj || tag === TAG.other);
            } else {
              const anyExecute = (lists.get("access") ?? []).some((entry) => (entry.permissions & 1) !== 0);
              for (const { tag, id, permissions = 0, conditional } of own) entries = [...entries.filter((entry) => entry.tag !== tag || entry.id !== id), { tag, id, permissions: permissions | (conditional && (directory || anyExecute) ? 1 : 0) }];
              // a default list needs the three of the mode
              for (const entry of lists.get("access") ?? []) if ((entry.tag === TAG.userObj || entry.tag === TAG.groupObj || entry.tag === TAG.other) && !entries.some((each) => each.tag === entry.tag)) entries.push(entry);
            }
            const named = entries.some((entry) => entry.tag === TAG.user || entry.tag === TAG.group);
            const maskGiven = own.some((entry) => entry.tag === TAG.mask);
            if (named && !maskGiven && !options.noMask) {
              const union = entries.reduce((bits, entry) => (entry.tag === TAG.user || entry.tag === TAG.group || entry.tag === TAG.groupObj ? bits | entry.permissions : bits), 0);
              entries = [...entries.filter((entry) => entry.tag !== TAG.mask), { tag: TAG.mask, id: 0xffffffff, permissions: union }];
            } else if (!named && !maskGiven && step.action === "remove") {
              const group = entries.find((entry) => entry.tag === TAG.groupObj)?.permissions ?? 0;
              if (entries.some((entry) => entry.tag === TAG.mask)) entries = [...entries.filter((entry) => entry.tag !== TAG.mask), { tag: TAG.mask, id: 0xffffffff, permissions: group }];
            }
            lists.set(kind, sorted(entries));
            touched.add(kind);
          }
        }
        if (options.test) io.out.put(`${path}: ${(lists.get("access") ?? []).map((entry) => `${new Map<number, string>([[TAG.userObj, "u"], [TAG.user, "u"], [TAG.groupObj, "g"], [TAG.group, "g"], [TAG.mask, "m"], [TAG.other, "o"]]).get(entry.tag) ?? ""}:${entry.tag === TAG.user ? accounts.userName(entry.id) : entry.tag === TAG.group ? accounts.groupName(entry.id) : ""}:${permissionLetters(entry.permissions)}`).join(",")},*\n`);
        else for (const kind of touched) if (kind === "access" || directory) writeAcl(sys, path, kind, lists.get(kind) ?? []);
        if (options.recursive && directory) for (const { name, type } of sys.readdir(path)) if (type !== S.IFLNK || options.logical) yield* change(`${path.replace(/\/$/, "")}/${name}`, list);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${path}: ${error.message}`);
      }
    }
  },
});
