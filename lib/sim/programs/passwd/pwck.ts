// pwck: consistency of /etc/passwd and /etc/shadow (pwck(8), shadow 4.13).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { nameExists } from "../kit/presence.ts";
import { todayOf } from "./_databases.ts";
import { Check, CheckedFile } from "./_file-check.ts";
import { shadowTool, validName } from "./_shadow-tool.ts";

const isPasswd = (fields: readonly string[]): boolean => fields.length === 7 && fields[0] !== "" && /^\d+$/.test(fields[2] ?? "") && /^\d+$/.test(fields[3] ?? "");
const isShadow = (fields: readonly string[]): boolean => (fields.length === 9 || fields.length === 8) && fields.slice(2, 8).every((field) => /^-?\d*$/.test(field));

interface Wishes {
  readonly quiet: boolean;
  readonly badName: boolean;
  readonly root: string;
}

function* checkUser(sys: Sys, check: Check, fields: readonly string[], { quiet, badName, root }: Wishes, shadow: CheckedFile | undefined, accounts: Accounts): Blocking<void> {
  const [name = "", password = "", , gid = "", , home = "", shell = ""] = fields;
  if (!validName(name) && !badName) check.error(`invalid user name '${name}': use --badname to ignore`);
  if (accounts.groupById(Number(gid)) === undefined) check.error(`user '${name}': no group ${gid}`);
  if (!quiet && home !== "" && home !== "/nonexistent" && !nameExists(sys, root + home)) check.error(`user '${name}': directory '${home}' does not exist`);
  if (!quiet && shell !== "" && !nameExists(sys, root + shell)) check.error(`user '${name}': program '${shell}' does not exist`);
  if (shadow === undefined) return;
  if (shadow.entry(name) === undefined) {
    check.error(`no matching password file entry in ${shadow.path}`);
    if (yield* check.ask(`add user '${name}' in ${shadow.path}? `)) shadow.append(`${name}:${password}:${todayOf(sys)}:0:99999:7:::`);
  } else if (password !== "x") check.error(`user ${name} has an entry in ${shadow.path}, but its password field in /etc/passwd is not set to 'x'`);
}

export default shadowTool({
  name: "pwck", manSection: 8, usageStatus: 1,
  path: "/usr/sbin/pwck",
  summary: "look for errors in /etc/passwd and /etc/shadow",
  synopsis: ["[options] [passwd [shadow]]"],
  operands: "files",
  options: {
    badName: flag(["-b", "--badname"], "accept any name, even a bad one"),
    quiet: flag(["-q", "--quiet"], "tell only what is an error"),
    readOnly: flag(["-r", "--read-only"], "report what is wrong and change nothing"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    sort: flag(["-s", "--sort"], "order the lines by UID"),
  },
  *run({ options, operands, sys }, io: Io) {
    if (operands.length > 2) io.usage();
    if (options.sort && options.readOnly) return io.die("-s and -r are incompatible", 1);
    const root = options.root ?? "";
    if (sys.getcred().euid !== 0 && !options.readOnly && operands.length === 0) {
      yield* io.warn("Permission denied.");
      return io.die(`cannot lock ${root}/etc/passwd; try again later.`, 4);
    }
    const passwdPath = operands[0] ?? `${root}/etc/passwd`;
    const shadowPath = operands[1] ?? (operands.length === 0 ? `${root}/etc/shadow` : undefined);
    const passwd = yield* CheckedFile.read(sys, passwdPath);
    if (passwd === undefined) return io.die(`cannot open ${passwdPath}`, 3);
    const shadow = shadowPath === undefined ? undefined : yield* CheckedFile.read(sys, shadowPath);
    if (shadow === undefined && operands[1] !== undefined) return io.die(`cannot open ${operands[1]}`, 3);
    const files = shadow === undefined ? [passwd] : [passwd, shadow];
    const check = new Check(io, options.readOnly);
    if (options.sort) {
      passwd.sort();
      shadow?.sortLike(passwd);
      return yield* check.finish(sys, "pwck", files);
    }
    const accounts = yield* Accounts.read(sys);
    const wishes = { quiet: options.quiet, badName: options.badName, root };
    for (let at = 0; at < passwd.lines.length; at++) {
      const line = passwd.lines[at] ?? "";
      // entries of NIS
      if (/^[+-]/.test(line)) continue;
      const fields = line.split(":");
      const known = isPasswd(fields);
      const twice = known && passwd.lines.some((other, index) => index !== at && other.split(":")[0] === fields[0] && isPasswd(other.split(":")));
      if (!known || twice) {
        check.error(known ? "duplicate password entry" : "invalid password file entry");
        if (yield* check.ask(`delete line '${line}'? `)) {
          passwd.delete(at--);
          continue;
        }
        if (!known) continue;
      }
      yield* checkUser(sys, check, fields, wishes, shadow, accounts);
    }
    for (let at = 0; shadow !== undefined && at < shadow.lines.length; at++) {
      const line = shadow.lines[at] ?? "";
      if (/^[+-]/.test(line)) continue;
      const fields = line.split(":");
      const [name = ""] = fields;
      const known = isShadow(fields);
      const twice = known && shadow.lines.some((other, index) => index !== at && other.split(":")[0] === name);
      if (!known || twice) {
        check.error(known ? "duplicate shadow password entry" : "invalid shadow password file entry");
        if (yield* check.ask(`delete line '${line}'? `)) {
          shadow.delete(at--);
          continue;
        }
        if (!known) continue;
      }
      if (passwd.entry(name) === undefined) {
        check.error(`no matching password file entry in ${passwd.path}`);
        if (yield* check.ask(`delete line '${line}'? `)) {
          shadow.delete(at--);
          continue;
        }
      }
      if (!options.quiet && Number(fields[2]) > todayOf(sys)) check.error(`user ${name}: last password change in the future`);
    }
    return yield* check.finish(sys, "pwck", files);
  },
});
