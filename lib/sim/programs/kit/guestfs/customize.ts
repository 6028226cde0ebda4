// What virt-customize and virt-sysprep's operation "customize" do in a guest (virt-customize(1), guestfs-tools 1.48): in the order of the command line, passwords at the end.
import { type Blocking, decode, encode, O, type Sys, SysError } from "../../../kernel/sys.ts";
import { Accounts } from "../accounts.ts";
import { waitFor } from "../shell-command.ts";
import { ToolError } from "./guestfs-error.ts";
import { addFirstBoot } from "./first-boot.ts";
import type { GivenOption, Teller, ToolOption } from "./tool.ts";
import { glob, kindOf, makeDirectories, put, readBytes, removeIfThere, take, type TakenFile, writeBytes } from "./tree.ts";

export const customizeOptions: readonly ToolOption[] = [
  { names: ["--append-line"], value: "FILE:LINE", help: "append a line to a file" }, { names: ["--chmod"], value: "PERMISSIONS:FILE", help: "change permissions" }, { names: ["--commands-from-file"], value: "FILE", help: "read options from a file" },
  { names: ["--copy"], value: "SOURCE:DEST", help: "copy within the guest" }, { names: ["--copy-in"], value: "LOCALPATH:REMOTEDIR", help: "copy files into the guest" }, { names: ["--delete"], value: "PATH", help: "delete files or directories" },
  { names: ["--edit"], value: "FILE:EXPR", help: "edit a file by an expression" }, { names: ["--firstboot"], value: "SCRIPT", help: "run a script at the next boot" }, { names: ["--firstboot-command"], value: "'CMD+ARGS'", help: "run a command at the next boot" },
  { names: ["--firstboot-install"], value: "PKG,PKG..", help: "install packages at the next boot" }, { names: ["--hostname"], value: "HOSTNAME", help: "set the host name" }, { names: ["--install"], value: "PKG,PKG..", help: "install packages" },
  { names: ["--link"], value: "TARGET:LINK[:LINK..]", help: "make symbolic links" }, { names: ["--mkdir"], value: "DIR", help: "make a directory" }, { names: ["--move"], value: "SOURCE:DEST", help: "move within the guest" },
  { names: ["--no-logfile"], help: "remove the log file" }, { names: ["--no-selinux-relabel"], help: "no effect" }, { names: ["--selinux-relabel"], help: "relabel files for SELinux" }, { names: ["--password"], value: "USER:SELECTOR", help: "set a user's password" },
  { names: ["--password-crypto"], value: "md5|sha256|sha512", help: "how passwords are kept" }, { names: ["--root-password"], value: "SELECTOR", help: "set root's password" }, { names: ["--run"], value: "SCRIPT", help: "run a script in the guest" },
  { names: ["--run-command"], value: "'CMD+ARGS'", help: "execute a command inside the guest" }, { names: ["--scrub"], value: "FILE", help: "overwrite and delete a file" }, { names: ["--ssh-inject"], value: "USER[:SELECTOR]", help: "let a public key in" },
  { names: ["--timezone"], value: "TIMEZONE", help: "set the time zone" }, { names: ["--touch"], value: "FILE", help: "make an empty file" }, { names: ["--truncate"], value: "FILE", help: "make a file empty" },
  { names: ["--truncate-recursive"], value: "PATH", help: "make all files below a directory empty" }, { names: ["--uninstall"], value: "PKG,PKG..", help: "remove packages" }, { names: ["--update"], help: "upgrade packages" },
  { names: ["--upload"], value: "FILE:DEST", help: "copy a file into the guest" }, { names: ["--write"], value: "FILE:CONTENT", help: "write a file" },
];

const customizeNames = new Set(customizeOptions.flatMap((option) => option.names.slice(0, 1)));

/** A task with what it needs of the host, read before the guest is entered. */
interface Task {
  readonly name: string;
  readonly value: string;
  /** of --upload, --copy-in */
  readonly taken?: TakenFile;
  /** of scripts, keys and password files */
  readonly text?: string;
}

export interface Customization {
  readonly tasks: readonly Task[];
  readonly scrubLog: boolean;
}

function halves(option: string, value: string): readonly [string, string] {
  const colon = value.indexOf(":");
  if (colon < 0) throw new ToolError(`invalid format for '--${option}' parameter, see the man page`);
  return [value.slice(0, colon), value.slice(colon + 1)];
}

function* hostText(sys: Sys, path: string): Blocking<string> {
  try {
    return decode(yield* readBytes(sys, path));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new ToolError(`${path}: ${error.message}`);
  }
}

/** ~/.ssh/id*.pub of who calls (--ssh-inject without a selector). */
function* ownKey(sys: Sys): Blocking<string> {
  const home = sys.environment.get("HOME") ?? "/root";
  const keys = glob(sys, `${home}/.ssh/id*.pub`).filter((path) => !path.endsWith("-cert.pub"));
  if (keys.length === 0) throw new ToolError(`ssh-inject: no public key file found in ${home}/.ssh`);
  return yield* hostText(sys, keys[0] ?? "");
}

function* taskOf(sys: Sys, name: string, value: string): Blocking<Task> {
  switch (name) {
    case "--upload":
    case "--copy-in": {
      const [local] = halves(name.slice(2), value);
      try {
        const taken = yield* take(sys, local);
        if (taken === undefined) throw new ToolError(`${local}: not a regular file`);
        return { name, value, taken };
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new ToolError(`${local}: ${error.message}`);
      }
    }
    case "--run":
    case "--firstboot": return { name, value, text: yield* hostText(sys, value) };
    case "--ssh-inject": {
      const [user, kind, ...rest] = value.split(":");
      const argument = rest.join(":");
      if (kind === undefined) return { name, value: user ?? "", text: yield* ownKey(sys) };
      if (kind === "file") return { name, value: user ?? "", text: yield* hostText(sys, argument) };
      if (kind === "string") return { name, value: user ?? "", text: argument };
      throw new ToolError(`invalid ssh-inject selector ‘${kind}:${argument}’; see the man page`);
    }
    case "--root-password":
    case "--password": {
      const [user, selector] = name === "--password" ? halves("password", value) : ["root", value];
      const [kind = "", ...rest] = selector.replace(/^locked:(?=.)/, "").split(":");
      const argument = rest.join(":");
      if (kind === "password") return { name: "--password", value: user, text: argument };
      if (kind === "file") return { name: "--password", value: user, text: (yield* hostText(sys, argument)).split("\n")[0] ?? "" };
      if (kind === "random") return { name: "--password", value: `${user}:random` };
      if (kind === "disabled" || kind === "locked") return { name: "--password", value: `${user}:${kind}` };
      throw new ToolError(`invalid password selector ‘${selector}’; see the man page`);
    }
    default: return { name, value };
  }
}

/** Errors: ToolError. */
export function* planCustomization(sys: Sys, given: readonly GivenOption[]): Blocking<Customization> {
  const tasks: Task[] = [];
  for (const { name, value } of given) {
    if (!customizeNames.has(name)) continue;
    if (name === "--commands-from-file") {
      for (const line of (yield* hostText(sys, value)).replace(/\\\n/g, "").split("\n")) {
        const match = /^\s*([a-z-]+)(?:\s+(.*))?$/.exec(line);
        if (match === null || line.trim().startsWith("#")) continue;
        if (!customizeNames.has(`--${match[1] ?? ""}`)) throw new ToolError(`invalid input: unknown command ‘${match[1] ?? ""}’`);
        tasks.push(yield* taskOf(sys, `--${match[1] ?? ""}`, match[2] ?? ""));
      }
    } else tasks.push(yield* taskOf(sys, name, value));
  }
  return { tasks, scrubLog: given.some(({ name }) => name === "--no-logfile") };
}

const guestLog = "/tmp/builder.log";
const guestPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** With the guest's own shell; what it prints goes to the log in the guest. */
function* runInside(guest: Sys, command: string, display: string): Blocking<void> {
  const pid = guest.fork(function* shell(own) {
    try {
      const nothing = yield* own.open("/dev/null", O.RDONLY);
      const log = yield* own.open(guestLog, O.WRONLY | O.CREAT | O.APPEND, 0o644);
      own.dup2(nothing, 0);
      own.dup2(log, 1);
      own.dup2(log, 2);
      return yield* own.exec("/bin/sh", ["sh", "-c", command], new Map([["PATH", guestPath], ["HOME", "/root"], ["LANG", "C"], ["DEBIAN_FRONTEND", "noninteractive"]]));
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  const status = yield* waitFor(guest, pid);
  if (status.kind === "exited" && status.status === 0) return;
  yield* guest.write(2, yield* readBytes(guest, guestLog));
  throw new ToolError(`${display}: command exited with an error`);
}

function* scriptInside(guest: Sys, text: string, display: string): Blocking<void> {
  const path = "/tmp/.virt-customize-script";
  yield* writeBytes(guest, path, encode(text));
  guest.chmod(path, 0o755);
  try {
    yield* runInside(guest, path, display);
  } finally {
    removeIfThere(guest, path);
  }
}

/** Debian's: the name, and the old one in /etc/hosts. */
export function* setHostName(guest: Sys, name: string): Blocking<void> {
  const former = kindOf(guest, "/etc/hostname") === "file" ? (decode(yield* readBytes(guest, "/etc/hostname")).split("\n")[0] ?? "") : "";
  yield* writeBytes(guest, "/etc/hostname", encode(`${name}\n`));
  if (former === "" || kindOf(guest, "/etc/hosts") !== "file") return;
  const short = (whole: string): string => whole.split(".")[0] ?? whole;
  const lines = decode(yield* readBytes(guest, "/etc/hosts")).split("\n").map((line) => {
    if (line.trimStart().startsWith("#")) return line;
    return line.replace(/(?<=\s)[^\s#]+/g, (word) => (word === former ? name : word === short(former) ? short(name) : word));
  });
  yield* writeBytes(guest, "/etc/hosts", encode(lines.join("\n")));
}

function* setPassword(guest: Sys, teller: Teller, user: string, task: Task): Blocking<void> {
  if ((yield* Accounts.read(guest)).userByName(user) === undefined) {
    yield* teller.warning(`password: user ‘${user}’ could not be found in the guest`);
    return;
  }
  if (task.value.endsWith(":disabled") || task.value.endsWith(":locked")) {
    const lines = decode(yield* readBytes(guest, "/etc/shadow")).split("\n").map((line) => {
      const fields = line.split(":");
      if (fields[0] !== user) return line;
      fields[1] = task.value.endsWith(":disabled") ? "*" : `!!${fields[1] ?? ""}`;
      return fields.join(":");
    });
    yield* writeBytes(guest, "/etc/shadow", encode(lines.join("\n")));
    return;
  }
  let password = task.text;
  if (password === undefined) {
    password = [...guest.random(16)].map((byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(byte % 62)).join("");
    yield* teller.say(1, `${teller.prog}: Setting random password of ${user} to ${password}`);
  }
  const line = `/tmp/.virt-customize-password`;
  yield* writeBytes(guest, line, encode(`${user}:${password}\n`));
  try {
    yield* runInside(guest, `chpasswd < ${line}`, "chpasswd");
  } finally {
    removeIfThere(guest, line);
  }
}

function* injectKey(guest: Sys, user: string, key: string): Blocking<void> {
  const account = (yield* Accounts.read(guest)).userByName(user);
  if (account === undefined) throw new ToolError(`ssh-inject: the user ${user} does not exist on the guest`);
  const directory = `${account.home}/.ssh`;
  if (kindOf(guest, directory) === undefined) {
    makeDirectories(guest, directory);
    guest.chmod(directory, 0o700);
    guest.chown(directory, account.uid, account.gid);
  }
  const path = `${directory}/authorized_keys`;
  const fresh = kindOf(guest, path) === undefined;
  const before = fresh ? "" : decode(yield* readBytes(guest, path));
  if (before.split("\n").includes(key.trim())) return;
  yield* writeBytes(guest, path, encode(`${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${key.trim()}\n`));
  if (fresh) {
    guest.chmod(path, 0o600);
    guest.chown(path, account.uid, account.gid);
  }
}

function emptyBelow(guest: Sys, path: string): void {
  const kind = kindOf(guest, path);
  if (kind === "file") guest.truncate(path, 0);
  else if (kind === "directory") for (const entry of guest.readdir(path)) emptyBelow(guest, `${path}/${entry.name}`);
}

const packages = (value: string): string => value.split(",").join(" ");
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

function* perform(guest: Sys, teller: Teller, task: Task): Blocking<void> {
  const { name, value } = task;
  const tell = (text: string): Blocking<void> => teller.message(text);
  const pair = (): readonly [string, string] => halves(name.slice(2), value);
  switch (name) {
    case "--append-line": {
      const [path, line] = pair();
      yield* tell(`Appending line to ${path}`);
      const before = kindOf(guest, path) === undefined ? "" : decode(yield* readBytes(guest, path));
      yield* writeBytes(guest, path, encode(`${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${line}\n`));
      return;
    }
    case "--chmod": {
      const [mode, path] = pair();
      yield* tell(`Changing permissions of ${path} to ${mode}`);
      guest.chmod(path, Number.parseInt(mode, mode.startsWith("0") ? 8 : 10));
      return;
    }
    case "--copy":
    case "--move": {
      const [from, to] = pair();
      yield* tell(name === "--copy" ? `Copying (in image): ${from} to ${to}` : `Moving: ${from} -> ${to}`);
      yield* runInside(guest, `${name === "--copy" ? "cp -a" : "mv"} ${quoted(from)} ${quoted(to)}`, name);
      return;
    }
    case "--copy-in": {
      const [local, directory] = pair();
      yield* tell(`Copying: ${local} to ${directory}`);
      if (task.taken !== undefined) yield* put(guest, `${directory}/${task.taken.name}`, task.taken);
      return;
    }
    case "--upload": {
      const [local, to] = pair();
      yield* tell(`Uploading: ${local} to ${to}`);
      if (task.taken !== undefined) yield* put(guest, kindOf(guest, to, true) === "directory" ? `${to}/${task.taken.name}` : to, task.taken);
      return;
    }
    case "--delete":
      yield* tell(`Deleting: ${value}`);
      for (const path of glob(guest, value)) removeIfThere(guest, path);
      return;
    case "--edit": {
      const [path, expression] = pair();
      yield* tell(`Editing: ${path}`);
      if (kindOf(guest, path, true) === undefined) throw new ToolError(`${path} does not exist in the guest`);
      if (kindOf(guest, path, true) !== "file") throw new ToolError(`${path} is not a regular file in the guest`);
      yield* runInside(guest, editCommand(path, expression), name);
      return;
    }
    case "--firstboot":
      yield* tell(`Installing firstboot script: ${value}`);
      yield* addFirstBoot(guest, value, task.text ?? "");
      return;
    case "--firstboot-command":
      yield* tell(`Installing firstboot command: ${value}`);
      yield* addFirstBoot(guest, value, value);
      return;
    case "--firstboot-install":
      yield* tell(`Installing firstboot packages: ${packages(value)}`);
      yield* addFirstBoot(guest, `install ${packages(value)}`, installCommand(value));
      return;
    case "--hostname":
      yield* tell(`Setting the hostname: ${value}`);
      yield* setHostName(guest, value);
      return;
    case "--install":
      yield* tell(`Installing packages: ${packages(value)}`);
      yield* runInside(guest, installCommand(value), installCommand(value));
      return;
    case "--uninstall":
      yield* tell(`Uninstalling packages: ${packages(value)}`);
      yield* runInside(guest, `apt-get -q -y remove ${packages(value)}`, name);
      return;
    case "--update":
      yield* tell("Updating packages");
      yield* runInside(guest, "apt-get -q -y update && apt-get -q -y upgrade", name);
      return;
    case "--link": {
      const [target = "", ...links] = value.split(":");
      for (const link of links) {
        yield* tell(`Linking: ${link} -> ${target}`);
        removeIfThere(guest, link);
        guest.symlink(target, link);
      }
      return;
    }
    case "--mkdir":
      yield* tell(`Making directory: ${value}`);
      makeDirectories(guest, value);
      return;
    case "--run":
      yield* tell(`Running: ${value}`);
      yield* scriptInside(guest, task.text ?? "", value);
      return;
    case "--run-command":
      yield* tell(`Running: ${value}`);
      yield* runInside(guest, value, value);
      return;
    case "--scrub":
      yield* tell(`Scrubbing: ${value}`);
      guest.unlink(value);
      return;
    case "--ssh-inject":
      yield* tell(`SSH key inject: ${value}`);
      yield* injectKey(guest, value, task.text ?? "");
      return;
    case "--timezone":
      yield* tell(`Setting the timezone: ${value}`);
      if (kindOf(guest, `/usr/share/zoneinfo/${value}`, true) !== "file") {
        yield* teller.warning(`timezone ‘${value}’ does not exist, use a location like ‘Europe/London’`);
        return;
      }
      removeIfThere(guest, "/etc/localtime");
      guest.symlink(`/usr/share/zoneinfo/${value}`, "/etc/localtime");
      return;
    case "--touch":
      yield* tell(`Running touch: ${value}`);
      yield* writeBytes(guest, value, new Uint8Array(0), true);
      return;
    case "--truncate":
      yield* tell(`Truncating: ${value}`);
      guest.truncate(value, 0);
      return;
    case "--truncate-recursive":
      yield* tell(`Recursively truncating: ${value}`);
      emptyBelow(guest, value);
      return;
    case "--write": {
      const [path, content] = pair();
      yield* tell(`Writing: ${path}`);
      yield* writeBytes(guest, path, encode(content));
      return;
    }
    default:
  }
}

const installCommand = (value: string): string => `apt-get -q -y -o Dpkg::Options::=--force-confnew update && apt-get -q -y -o Dpkg::Options::=--force-confnew install ${packages(value)}`;

/** The expression is Perl's; substitutions are the same in sed, and no others are simulated. */
export function editCommand(path: string, expression: string): string {
  if (!/^\s*(?:s|y|tr)\W/.test(expression)) throw new ToolError("not simulated here: expressions of Perl other than s/// and y///");
  return `sed -E -i -e ${quoted(expression.trim().replace(/;$/, "").replace(/^tr/, "y"))} ${quoted(path)}`;
}

/** The whole of it, in a process inside the guest. */
export function* customize(guest: Sys, teller: Teller, plan: Customization): Blocking<void> {
  yield* teller.message("Setting a random seed");
  for (const path of ["/var/lib/random-seed", "/var/lib/systemd/random-seed", "/var/lib/urandom/random-seed"]) {
    if (kindOf(guest, path.slice(0, path.lastIndexOf("/"))) !== "directory" || (kindOf(guest, path) === undefined && !path.includes("systemd"))) continue;
    yield* writeBytes(guest, path, guest.random(256));
    guest.chmod(path, 0o600);
  }
  const machineId = "/etc/machine-id";
  if (kindOf(guest, machineId) === "file" && guest.lstat(machineId).sizeBytes === 0) {
    yield* teller.message(`Setting the machine ID in ${machineId}`);
    yield* writeBytes(guest, machineId, encode(`${[...guest.random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}\n`));
  }
  for (const task of plan.tasks) if (task.name !== "--password") yield* perform(guest, teller, task);
  const passwords = plan.tasks.filter((task) => task.name === "--password");
  if (passwords.length > 0) {
    yield* teller.message("Setting passwords");
    for (const task of passwords) yield* setPassword(guest, teller, task.value.split(":")[0] ?? "", task);
  }
  if (plan.scrubLog && kindOf(guest, guestLog) === "file") {
    yield* teller.message("Scrubbing the log file");
    removeIfThere(guest, guestLog);
  }
}
