import { Accounts, type User } from "../kit/accounts.ts";
import { type Io, flag, gnu } from "../kit/gnu.ts";

const NOBODY = new Accounts([], []);

export default gnu({
  name: "id",
  summary: "print who a user is: numbers and names of user and groups (UID, GID)",
  synopsis: ["[OPTION]... [USER]..."],
  options: {
    ignored: flag(["-a"], "no effect; accepted because other systems have it"),
    context: flag(["-Z", "--context"], "the security context alone"),
    group: flag(["-g", "--group"], "the number of the effective group alone"),
    groups: flag(["-G", "--groups"], "the numbers of all groups"),
    name: flag(["-n", "--name"], "with -u, -g or -G: the name instead of the number"),
    real: flag(["-r", "--real"], "with -u, -g or -G: the real user or group, not the effective one"),
    user: flag(["-u", "--user"], "the number of the effective user alone"),
    zero: flag(["-z", "--zero"], "with -u, -g or -G: NUL after each entry in place of a space"),
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
    // numbers of the caller are asked of the kernel alone
    const accounts = operands.length > 0 || name || defaultFormat ? yield* Accounts.read(sys) : NOBODY;
    const end = zero ? "\0" : "\n";
    const who: (User | undefined)[] = [];
    for (const operand of operands) {
      const found = accounts.userByName(operand) ?? (/^\+?\d+$/.test(operand) ? accounts.userById(Number(operand.replace("+", ""))) : undefined);
      if (found) who.push(found);
      else yield* io.fail(`${io.quote(operand)}: no such user${operand === "" ? ": No such file or directory" : ""}`);
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
