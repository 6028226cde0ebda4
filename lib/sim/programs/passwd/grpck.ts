// grpck: consistency of /etc/group and /etc/gshadow (grpck(8), shadow 4.13).
import type { Blocking } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { Check, CheckedFile } from "./_file-check.ts";
import { shadowTool, validName } from "./_shadow-tool.ts";

const isGroup = (fields: readonly string[]): boolean => fields.length === 4 && fields[0] !== "" && /^\d+$/.test(fields[2] ?? "");
const namesIn = (field: string | undefined): readonly string[] => (field ?? "").split(",").filter((name) => name !== "");

/** Names of a list that belong to nobody, one by one; returns those that stay. */
function* membersThatStay(check: Check, accounts: Accounts, names: readonly string[], missing: (name: string) => string, kind: string): Blocking<readonly string[]> {
  const kept: string[] = [];
  for (const name of names) {
    if (accounts.userByName(name) !== undefined) {
      kept.push(name);
      continue;
    }
    check.error(missing(name));
    if (!(yield* check.ask(`delete ${kind} '${name}'? `))) kept.push(name);
  }
  return kept;
}

export default shadowTool({
  name: "grpck", manSection: 8, usageStatus: 1,
  path: "/usr/sbin/grpck",
  summary: "look for errors in /etc/group and /etc/gshadow",
  synopsis: ["[options] [group [gshadow]]"],
  operands: "files",
  options: {
    readOnly: flag(["-r", "--read-only"], "report what is wrong and change nothing"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    sort: flag(["-s", "--sort"], "order the lines by GID"),
    silence: flag(["-S", "--silence-warnings"], "leave out warnings that are open to dispute"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 2) io.usage();
    if (options.sort && options.readOnly) return io.die("-s and -r are incompatible", 1);
    const root = options.root ?? "";
    if (sys.getcred().euid !== 0 && !options.readOnly && operands.length === 0) {
      yield* io.warn("Permission denied.");
      return io.die(`cannot lock ${root}/etc/group; try again later.`, 4);
    }
    const groupPath = operands[0] ?? `${root}/etc/group`;
    const shadowPath = operands[1] ?? (operands.length === 0 ? `${root}/etc/gshadow` : undefined);
    const group = yield* CheckedFile.read(sys, groupPath);
    if (group === undefined) return io.die(`cannot open ${groupPath}`, 3);
    const shadow = shadowPath === undefined ? undefined : yield* CheckedFile.read(sys, shadowPath);
    if (shadow === undefined && operands[1] !== undefined) return io.die(`cannot open ${operands[1]}`, 3);
    const files = shadow === undefined ? [group] : [group, shadow];
    const check = new Check(io, options.readOnly);
    if (options.sort) {
      group.sort();
      shadow?.sortLike(group);
      return yield* check.finish(sys, "grpck", files);
    }
    const accounts = yield* Accounts.read(sys);
    for (let at = 0; at < group.lines.length; at++) {
      const line = group.lines[at] ?? "";
      if (/^[+-]/.test(line)) continue;
      const fields = line.split(":");
      const [name = "", password = "", gid = ""] = fields;
      const known = isGroup(fields);
      const twice = known && group.lines.some((other, index) => index !== at && other.split(":")[0] === name && isGroup(other.split(":")));
      if (!known || twice) {
        check.error(known ? "duplicate group entry" : "invalid group file entry");
        if (yield* check.ask(`delete line '${line}'? `)) {
          group.delete(at--);
          continue;
        }
        if (!known) continue;
      }
      // at most 32 letters, no blanks
      if (!validName(name)) check.error(`invalid group name '${name}'`);
      const members = namesIn(fields[3]);
      const kept = yield* membersThatStay(check, accounts, members, (member) => `group ${name}: no user ${member}`, "member");
      if (kept.length !== members.length) group.replace(at, [name, password, gid, kept.join(",")].join(":"));
      if (shadow === undefined) continue;
      const secret = shadow.entry(name);
      if (secret === undefined) {
        check.error(`no matching group file entry in ${shadow.path}`);
        if (yield* check.ask(`add group '${name}' in ${shadow.path}? `)) shadow.append(`${name}:${password}::${kept.join(",")}`);
        continue;
      }
      if (!options.silence) for (const member of kept) if (!namesIn(secret[3]).includes(member)) check.error(`'${member}' is a member of the '${name}' group in ${group.path} but not in ${shadow.path}`);
      if (password !== "x") check.error(`group ${name} has an entry in ${shadow.path}, but its password field in ${group.path} is not set to 'x'`);
    }
    for (let at = 0; shadow !== undefined && at < shadow.lines.length; at++) {
      const line = shadow.lines[at] ?? "";
      if (/^[+-]/.test(line)) continue;
      const fields = line.split(":");
      const [name = "", password = ""] = fields;
      const known = fields.length === 4 && name !== "";
      const twice = known && shadow.lines.some((other, index) => index !== at && other.split(":")[0] === name);
      if (!known || twice) {
        check.error(known ? "duplicate shadow group entry" : "invalid shadow group file entry");
        if (yield* check.ask(`delete line '${line}'? `)) {
          shadow.delete(at--);
          continue;
        }
        if (!known) continue;
      }
      if (group.entry(name) === undefined) {
        check.error(`no matching group file entry in ${group.path}`);
        if (yield* check.ask(`delete line '${line}'? `)) {
          shadow.delete(at--);
          continue;
        }
      }
      const [admins, members] = [namesIn(fields[2]), namesIn(fields[3])];
      const keptAdmins = yield* membersThatStay(check, accounts, admins, (admin) => `shadow group ${name}: no administrative user ${admin}`, "administrative member");
      const keptMembers = yield* membersThatStay(check, accounts, members, (member) => `shadow group ${name}: no user ${member}`, "member");
      if (keptAdmins.length !== admins.length || keptMembers.length !== members.length) shadow.replace(at, [name, password, keptAdmins.join(","), keptMembers.join(",")].join(":"));
    }
    return yield* check.finish(sys, "grpck", files);
  },
});
