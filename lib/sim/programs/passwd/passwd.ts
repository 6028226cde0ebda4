// passwd: a new password, or the state of an account's password.
import { type Blocking, civilFromDays, type Sys } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io, text } from "../kit/gnu.ts";
import { translated } from "../kit/messages/translate.ts";
import { authenticate, logAuthentication, shadowEntry, waitAfterFailure } from "../login/_pam.ts";
import { askPassword } from "../login/_password-prompt.ts";
import { cryptPassword } from "./_crypt.ts";
import { Databases, newSalt, todayOf } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

const least = 6;
const attempts = 3;

function* statusLine(sys: Sys, name: string): Blocking<string> {
  const entry = yield* shadowEntry(sys, name);
  if (entry === undefined) return `${name} NP`;
  const state = entry.password === "" ? "NP" : entry.password.startsWith("!") || entry.password.startsWith("*") ? "L" : "P";
  const date = civilFromDays(entry.lastChangeDay ?? 0);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${name} ${state} ${date.year}-${two(date.month)}-${two(date.day)} ${entry.minDays ?? -1} ${entry.maxDays ?? -1} ${entry.warnDays ?? -1} ${entry.inactiveDays ?? -1}`;
}

/** Undefined: good enough. pam_unix with "obscure". */
function weakness(password: string, old: string | undefined, name: string): string | undefined {
  if (old !== undefined && password === old) return "The password has not been changed.";
  if (password.length < least) return "You must choose a longer password.";
  const reversed = [...password].reverse().join("");
  if (password.toLowerCase() === reversed.toLowerCase()) return "Bad: new password cannot be a palindrome";
  if (old !== undefined && password.toLowerCase() === old.toLowerCase()) return "Bad: new and old password must differ by more than just case";
  if (old !== undefined && old !== "" && (old.includes(password) || password.includes(old))) return "Bad: new and old password are too similar";
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  if (password.length < 9 - kinds) return "Bad: new password is too simple";
  void name;
  return undefined;
}

export function* askNewPassword(sys: Sys, io: Io, name: string, old: string | undefined, strict: boolean): Blocking<string | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const first = yield* askPassword(sys, translated(sys, "passwd", "New password: "), { ignoreInterrupt: true });
    if (first.kind !== "text") {
      yield* io.stderr("Password change has been aborted.\n");
      return undefined;
    }
    if (first.text === "") {
      yield* io.stderr("No password has been supplied.\n");
      continue;
    }
    const second = yield* askPassword(sys, translated(sys, "passwd", "Retype new password: "), { ignoreInterrupt: true });
    if (second.kind !== "text") {
      yield* io.stderr("Password change has been aborted.\n");
      return undefined;
    }
    if (first.text !== second.text) {
      yield* io.stderr("Sorry, passwords do not match.\n");
      // pam_unix's delay is asked for while the old password is checked: root has none.
      if (sys.getcred().ruid !== 0) yield* waitAfterFailure(sys);
      return undefined;
    }
    const problem = strict ? weakness(first.text, old, name) : undefined;
    if (problem === undefined) return first.text;
    yield* io.stderr(`${problem}\n`);
  }
  return undefined;
}

export default shadowTool({
  name: "passwd",
  path: "/usr/bin/passwd",
  mode: 0o4755,
  summary: "change user password",
  synopsis: ["[options] [LOGIN]"],
  operands: "users",
  options: {
    all: flag(["-a", "--all"], "report password status on all accounts"),
    delete: flag(["-d", "--delete"], "delete the password for the named account"),
    expire: flag(["-e", "--expire"], "force expire the password for the named account"),
    keepTokens: flag(["-k", "--keep-tokens"], "change password only if expired"),
    inactive: text(["-i", "--inactive"], "INACTIVE", "set password inactive after expiration to INACTIVE"),
    lock: flag(["-l", "--lock"], "lock the password of the named account"),
    minDays: text(["-n", "--mindays"], "MIN_DAYS", "set minimum number of days before password change to MIN_DAYS"),
    quiet: flag(["-q", "--quiet"], "quiet mode"),
    repository: text(["-r", "--repository"], "REPOSITORY", "change password in REPOSITORY repository"),
    root: text(["-R", "--root"], "CHROOT_DIR", "directory to chroot into"),
    status: flag(["-S", "--status"], "report password status on the named account"),
    unlock: flag(["-u", "--unlock"], "unlock the password of the named account"),
    warnDays: text(["-w", "--warndays"], "WARN_DAYS", "set expiration warning days to WARN_DAYS"),
    maxDays: text(["-x", "--maxdays"], "MAX_DAYS", "set maximum number of days before password change to MAX_DAYS"),
  },
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    const caller = accounts.userById(cred.ruid);
    const root = cred.ruid === 0;
    if (options.all) {
      if (!options.status) io.usage();
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
    const changes = options.delete || options.expire || options.lock || options.unlock || options.minDays !== undefined || options.maxDays !== undefined || options.warnDays !== undefined || options.inactive !== undefined;
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
    let old: string | undefined;
    if (!root) {
      yield* io.stderr(`Changing password for ${name}.\n`);
      const entry = yield* shadowEntry(sys, name);
      if (entry !== undefined && entry.password !== "") {
        const answer = yield* askPassword(sys, translated(sys, "passwd", "Current password: "), { ignoreInterrupt: true });
        if (answer.kind !== "text" || !(yield* authenticate(sys, name, answer.text))) {
          yield* io.warn("Authentication token manipulation error");
          yield* io.warn("password unchanged");
          return 10;
        }
        old = answer.text;
      }
    }
    const chosen = yield* askNewPassword(sys, io, name, old, !root);
    if (chosen === undefined) {
      yield* io.warn("Authentication token manipulation error");
      yield* io.warn("password unchanged");
      return 10;
    }
    const databases = yield* Databases.open(sys);
    const fields = [...(databases.find("shadow", name) ?? [name, "", "", "", "", "", "", "", ""])];
    fields[1] = cryptPassword(chosen, newSalt(sys));
    fields[2] = String(todayOf(sys));
    databases.replace("shadow", name, fields);
    yield* databases.save();
    yield* logAuthentication(sys, "passwd", `pam_unix(passwd:chauthtok): password changed for ${name}`);
    yield* io.warn("password updated successfully");
    return 0;
  },
});
