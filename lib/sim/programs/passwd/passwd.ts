// passwd: a new password, or the state of an account's password.
import { type Blocking, civilFromDays, type Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { TerminalConversation } from "../libpam-modules/_conversation.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { PamTransaction } from "../libpam-modules/_transaction.ts";
import { shadowEntry } from "../login/_pam.ts";
import { Databases } from "./_databases.ts";
import { parseLong, shadowTool } from "./_shadow-tool.ts";

function* statusLine(sys: Sys, name: string): Blocking<string> {
  const entry = yield* shadowEntry(sys, name);
  if (entry === undefined) return `${name} NP`;
  const state = entry.password === "" ? "NP" : entry.password.startsWith("!") || entry.password.startsWith("*") ? "L" : "P";
  const date = civilFromDays(entry.lastChangeDay ?? 0);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${name} ${state} ${date.year}-${two(date.month)}-${two(date.day)} ${entry.minDays ?? -1} ${entry.maxDays ?? -1} ${entry.warnDays ?? -1} ${entry.inactiveDays ?? -1}`;
}

export default shadowTool({
  name: "passwd", usageStatus: 6, badWordStatus: 2,
  path: "/usr/bin/passwd",
  mode: 0o4755,
  summary: "change user password",
  synopsis: ["[options] [LOGIN]"],
  operands: "users",
  options: {
    all: flag(["-a", "--all"], "with -S, the state of every password"),
    delete: flag(["-d", "--delete"], "the account needs no password any longer"),
    expire: flag(["-e", "--expire"], "the password must be changed at the next login"),
    keepTokens: flag(["-k", "--keep-tokens"], "change the password only if it has expired"),
    inactive: text(["-i", "--inactive"], "INACTIVE", "days after expiry during which the password can still be changed"),
    lock: flag(["-l", "--lock"], "make the password useless until -u"),
    minDays: text(["-n", "--mindays"], "MIN_DAYS", "days that a password must be kept"),
    quiet: flag(["-q", "--quiet"], "quiet mode"),
    repository: text(["-r", "--repository"], "REPOSITORY", "the password is kept in REPOSITORY"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    status: flag(["-S", "--status"], "one line with the password's state and dates"),
    unlock: flag(["-u", "--unlock"], "make a locked password valid again"),
    warnDays: text(["-w", "--warndays"], "WARN_DAYS", "how many days before the password expires the user is warned"),
    maxDays: text(["-x", "--maxdays"], "MAX_DAYS", "days after which a password must be changed"),
  },
  *run({ options, operands, sys }, io: Io) {
    for (const value of [options.minDays, options.maxDays, options.warnDays, options.inactive]) {
      if (value === undefined || (parseLong(value) ?? -2) >= -1) continue;
      yield* io.warn(`invalid numeric argument '${value}'`);
      io.usage();
    }
    if (options.repository !== undefined && options.repository !== "files") return io.die(`repository ${options.repository} not supported`, 6);
    if (operands.length > 1) io.usage(undefined, true);
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    const caller = accounts.userById(cred.ruid);
    const root = cred.ruid === 0;
    const changes = options.delete || options.expire || options.lock || options.unlock || options.minDays !== undefined || options.maxDays !== undefined || options.warnDays !== undefined || options.inactive !== undefined;
    if (options.status && changes) io.usage(undefined, true);
    if ([options.delete, options.lock, options.unlock].filter(Boolean).length > 1) io.usage(undefined, true);
    if (options.all) {
      if (!options.status) io.usage(undefined, true);
      if (!root) return io.die("Permission denied.", 1);
      for (const user of accounts.users) io.out.put(`${yield* statusLine(sys, user.name)}\n`);
      return 0;
    }
    const name = operands[0] ?? caller?.name ?? "root";
    const user = accounts.userByName(name);
    if (user === undefined) return io.die(`user '${name}' does not exist`, 1);
    const own = caller !== undefined && caller.name === name;
    if (options.status) {
      if (!root && !own) return io.die(`You may not view or modify password information for ${name}.`, 1);
      io.out.put(`${yield* statusLine(sys, name)}\n`);
      return 0;
    }
    if (changes) {
      if (!root) return io.die("Permission denied.", 1);
      const databases = yield* Databases.open(sys, options.root ?? "");
      const entry = databases.find("shadow", name);
      if (entry === undefined) return io.die(`user '${name}' does not exist`, 1);
      const fields = [...entry];
      const password = fields[1] ?? "";
      if (options.delete) fields[1] = "";
      if (options.lock) fields[1] = password.startsWith("!") ? password : `!${password}`;
      if (options.unlock) {
        if (/^!+$/.test(password)) {
          yield* io.warn("unlocking the password would result in a passwordless account.");
          yield* io.stderr("You should set a password with usermod -p to unlock the password of this account.\n");
          return 3;
        }
        fields[1] = password.replace(/^!/, "");
      }
      if (options.expire) fields[2] = "0";
      if (options.minDays !== undefined) fields[3] = options.minDays;
      if (options.maxDays !== undefined) fields[4] = options.maxDays;
      if (options.warnDays !== undefined) fields[5] = options.warnDays;
      if (options.inactive !== undefined) fields[6] = options.inactive === "-1" ? "" : options.inactive;
      databases.replace("shadow", name, fields);
      yield* databases.save();
      if (!options.quiet) io.say("passwd: password changed.\n");
      return 0;
    }
    if (!root && !own) return io.die(`You may not view or modify password information for ${name}.`, 1);
    const conversation = new TerminalConversation(sys, "passwd", { ignoreInterrupt: true });
    const pam = new PamTransaction(sys, "passwd", name, conversation, { loginName: caller?.name ?? "" });
    const status = yield* pam.changePassword(options.keepTokens);
    yield* pam.end();
    if (status !== "success") {
      yield* io.warn(pamText(status));
      yield* io.warn("password unchanged");
      return 10;
    }
    yield* io.warn("password updated successfully");
    return 0;
  },
});
