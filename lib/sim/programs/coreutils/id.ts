import { Accounts, type User } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

export default gnu({
  name: "id",
  summary: "print real and effective user and group IDs",
  synopsis: ["[OPTION]... [USER]..."],
  options: {
    ignored: flag(["-a"], "ignored, for compatibility with other versions"),
    context: flag(["-Z", "--context"], "print only the security context of the process"),
    group: flag(["-g", "--group"], "print only the effective group ID"),
    groups: flag(["-G", "--groups"], "print all group IDs"),
    name: flag(["-n", "--name"], "print names in place of numbers, for -ugG"),
    real: flag(["-r", "--real"], "print the real ID in place of the effective one, with -ugG"),
    user: flag(["-u", "--user"], "print only the effective user ID"),
    zero: flag(["-z", "--zero"], "delimit entries with NUL, not whitespace; not permitted in the default format"),
  },
  operands: "users",
  seeAlso: ["groups(1)", "whoami(1)", "passwd(5)"],
  *run({ options, operands, sys }, io: Io) {
    const { context, group, groups, name, real, user: onlyUser, zero } = options;
    if (context) io.die("--context (-Z) works only on an SELinux-enabled kernel");
    if (Number(group) + Number(groups) + Number(onlyUser) > 1) io.die("cannot print \"only\" of more than one choice");
    const defaultFormat = !group && !groups && !onlyUser;
    if (defaultFormat && (name || real)) io.die("cannot print only names or real IDs in default format");
    if (defaultFormat && zero) io.die("option --zero not permitted in default format");
    const accounts = yield* Accounts.read(sys);
    const end = zero ? "\0" : "\n";
    const who: (User | undefined)[] = [];
    for (const operand of operands) {
      const found = accounts.userByName(operand) ?? (/^\+?\d+$/.test(operand) ? accounts.userById(Number(operand.replace("+", ""))) : undefined);
      if (found) who.push(found);
      else yield* io.fail(`${io.quote(operand)}: no such user`);
    }
    if (operands.length === 0) who.push(undefined);
    for (const user of who) {
      const cred = sys.getcred();
      const ruid = user?.uid ?? cred.ruid;
      const euid = user?.uid ?? cred.euid;
      const rgid = user?.gid ?? cred.rgid;
      const egid = user?.gid ?? cred.egid;
      const supplementary = user ? accounts.groupsOf(user) : cred.groups;
      const userText = function* (uid: number) {
        if (!name) return String(uid);
        const found = accounts.userById(uid);
        if (!found) yield* io.fail(`cannot find name for user ID ${uid}`);
        return found?.name ?? String(uid);
      };
      const groupText = function* (gid: number) {
        if (!name) return String(gid);
        const found = accounts.groupById(gid);
        if (!found) yield* io.fail(`cannot find name for group ID ${gid}`);
        return found?.name ?? String(gid);
      };
      if (onlyUser) io.out.put((yield* userText(real ? ruid : euid)) + end);
      else if (group) io.out.put((yield* groupText(real ? rgid : egid)) + end);
      else if (groups) {
        const texts: string[] = [];
        for (const gid of new Set([rgid, egid, ...supplementary])) texts.push(yield* groupText(gid));
        io.out.put(texts.join(zero ? "\0" : " ") + (zero && operands.length > 1 ? "\0\0" : end));
      } else {
        const labelled = (id: number, label: string | undefined): string => (label === undefined ? String(id) : `${id}(${label})`);
        const userLabel = (uid: number): string => labelled(uid, accounts.userById(uid)?.name);
        const groupLabel = (gid: number): string => labelled(gid, accounts.groupById(gid)?.name);
        let line = `uid=${userLabel(ruid)} gid=${groupLabel(rgid)}`;
        if (euid !== ruid) line += ` euid=${userLabel(euid)}`;
        if (egid !== rgid) line += ` egid=${groupLabel(egid)}`;
        const list = user ? supplementary : [...new Set([egid, ...supplementary])];
        io.out.put(`${line}${io.word(" groups=")}${list.map(groupLabel).join(",")}\n`);
      }
    }
  },
});
