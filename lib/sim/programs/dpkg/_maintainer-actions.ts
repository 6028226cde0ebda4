// What a package's maintainer scripts do, step by step: groups, users, services, a line of shell.

import { type Blocking, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile, writeFile } from "../kit/debian/dpkg-database.ts";
import { runLevelLinks, runLevelsOf } from "../kit/init-script.ts";
import type { PackageAction } from "../kit/package.ts";
import { exists } from "../kit/presence.ts";

const FIRST_SYSTEM_ID = 100;
const LAST_SYSTEM_ID = 999;
/** As deb-systemd-helper, which leaves init scripts to update-rc.d. */
const WITHOUT_SYSV = [["SYSTEMCTL_SKIP_SYSV", "1"]] as const;

function* say(sys: Sys, text: string): Blocking<void> {
  yield* sys.write(1, encode(text));
}

/** Runs a program and waits. Returns its status; 127 when it is not there. */
export function* runProgram(sys: Sys, argv: readonly string[], more: readonly (readonly [string, string])[] = []): Blocking<number> {
  const path = (sys.environment.get("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin").split(":").map((directory) => `${directory}/${argv[0] ?? ""}`).find((file) => {
    try {
      sys.access(file, 1);
      return true;
    } catch {
      return false;
    }
  });
  if (path === undefined) return 127;
  const pid = sys.fork(function* (child) {
    try {
      return yield* child.exec(path, argv, new Map([...child.environment, ...more]));
    } catch (error) {
      if (error instanceof SysError) return 127;
      throw error;
    }
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

const idsOf = (file: string) => new Set(file.split("\n").map((line) => Number(line.split(":")[2])));
const hasName = (file: string, name: string) => file.split("\n").some((line) => line.startsWith(`${name}:`));

function* addGroup(sys: Sys, name: string, wanted: number | undefined): Blocking<number> {
  const group = yield* readFile(sys, "/etc/group");
  const known = group.split("\n").find((line) => line.startsWith(`${name}:`));
  if (known !== undefined) return Number(known.split(":")[2]);
  const used = new Set([...idsOf(group), ...idsOf(yield* readFile(sys, "/etc/passwd"))]);
  let gid = wanted ?? FIRST_SYSTEM_ID;
  if (wanted === undefined) while (used.has(gid) && gid < LAST_SYSTEM_ID) gid++;
  yield* say(sys, `Adding group \`${name}' (GID ${gid}) ...\n`);
  yield* writeFile(sys, "/etc/group", `${group}${name}:x:${gid}:\n`);
  yield* writeFile(sys, "/etc/gshadow", `${yield* readFile(sys, "/etc/gshadow")}${name}:!::\n`, 0o640);
  yield* say(sys, "Done.\n");
  return gid;
}

function* addUser(sys: Sys, action: Extract<PackageAction, { addUser: string }>): Blocking<void> {
  const passwd = yield* readFile(sys, "/etc/passwd");
  if (hasName(passwd, action.addUser)) return;
  const group = yield* readFile(sys, "/etc/group");
  const used = new Set([...idsOf(passwd), ...idsOf(group)]);
  let uid = action.uid ?? FIRST_SYSTEM_ID;
  if (action.uid === undefined) while (used.has(uid) && uid < LAST_SYSTEM_ID) uid++;
  const gid = action.group === undefined ? 65_534 : yield* addGroup(sys, action.group, undefined);
  yield* writeFile(sys, "/etc/passwd", `${passwd}${action.addUser}:x:${uid}:${gid}:${action.gecos ?? ""}:${action.home ?? "/nonexistent"}:${action.shell ?? "/usr/sbin/nologin"}\n`);
  yield* writeFile(sys, "/etc/shadow", `${yield* readFile(sys, "/etc/shadow")}${action.addUser}:!:${Math.floor(sys.clockUs("realtime") / 86_400_000_000)}::::::\n`, 0o640);
}

function systemdRuns(sys: Sys): boolean {
  try {
    sys.stat("/run/systemd/system");
    return true;
  } catch {
    return false;
  }
}

/** As `update-rc.d NAME defaults`: a script that has links keeps them. */
function* linkInitScript(sys: Sys, name: string): Blocking<void> {
  const levels = ["S", "0", "1", "2", "3", "4", "5", "6"];
  const linked = levels.some((level) => {
    try {
      return sys.readdir(`/etc/rc${level}.d`).some((entry) => /^[SK]\d\d/.test(entry.name) && entry.name.slice(3) === name);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return false;
    }
  });
  if (linked) return;
  for (const { path, symlink } of runLevelLinks(name, runLevelsOf(yield* readFile(sys, `/etc/init.d/${name}`)))) {
    const directory = path.slice(0, path.lastIndexOf("/"));
    if (!exists(sys, directory)) sys.mkdir(directory, 0o755);
    sys.symlink(symlink, path);
  }
}

/** What dpkg tells a maintainer script. */
interface MaintainerCall {
  readonly package: string;
  readonly script: string;
  readonly args: readonly string[];
}

/** Returns false when one failed (a maintainer script that ends with an error). */
export function* carryOut(sys: Sys, actions: readonly PackageAction[], call?: MaintainerCall): Blocking<boolean> {
  const told = call === undefined ? [] : ([["DPKG_MAINTSCRIPT_PACKAGE", call.package], ["DPKG_MAINTSCRIPT_NAME", call.script]] as const);
  if (actions.some((action) => "enable" in action || "start" in action) && systemdRuns(sys)) yield* runProgram(sys, ["systemctl", "daemon-reload"]);
  for (const action of actions) {
    if ("addGroup" in action) yield* addGroup(sys, action.addGroup, action.gid);
    else if ("addUser" in action) yield* addUser(sys, action);
    else if ("enable" in action) yield* runProgram(sys, ["systemctl", "enable", action.enable], WITHOUT_SYSV);
    else if ("start" in action) {
      if (systemdRuns(sys)) yield* runProgram(sys, ["systemctl", "start", action.start]);
    } else if ("alternative" in action) yield* runProgram(sys, ["update-alternatives", "--install", action.link, action.alternative, action.path, String(action.priority), ...(action.slaves ?? []).flatMap((slave) => ["--slave", slave.link, slave.name, slave.path])]);
    else if ("initScript" in action) yield* linkInitScript(sys, action.initScript);
    else if ((yield* runProgram(sys, ["sh", "-e", "-c", action.run, "sh", ...(call?.args ?? [])], told)) !== 0) return false;
  }
  return true;
}
