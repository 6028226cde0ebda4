// needrestart: which services and sessions still run what was upgraded, and whether a newer kernel waits (needrestart(1), 3.6).

import { type Blocking, type Sys, SysError, type Wait } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { flag, type Io, partly, program, text, unsimulated } from "../kit/program.ts";
import { runShell } from "../kit/shell-command.ts";
import { withHelp } from "../kit/program.ts";
import { checkKernel, findOutdated, type KernelState, type Outdated } from "./_outdated.ts";

const CONFIGURATION = "/etc/needrestart/needrestart.conf";
/** Restarted only when somebody says so. */
const DEFERRED = [
  /^dbus/, /^gdm/, /^kdm/, /^nodm/, /^sddm/, /^wdm/, /^xdm/, /^lightdm/, /^slim/, /^lxdm/, /^bird/, /^network/, /^NetworkManager/, /^ModemManager/, /^wpa_supplicant/, /^openvpn/, /^quagga/, /^frr/, /^tinc/, /^(open|free|libre|strong)swan/, /^bluetooth/, /^getty@.+\.service/,
  /^serial-getty@.+\.service/, /^user@\d+\.service/, /^libvirt/, /^virtlogd/, /^virtlockd/, /^docker/, /^emergency\.service$/, /^rescue\.service$/, /^apt-daily\.service$/, /^apt-daily-upgrade\.service$/, /^unattended-upgrades\.service$/, /^cron-.*\.service$/, /^rc-local\.service$/, /^systemd-logind/,
];

interface Wish {
  readonly letters: ReadonlySet<string>;
  mode: string | undefined;
  detail: string | undefined;
  file: string;
}

export default withHelp(program(
  {
    name: "needrestart", path: "/usr/sbin/needrestart", summary: "which services run what was upgraded", synopsis: ["[-vqnbpklw] [-c FILE] [-r MODE] [-m MODE]"], operands: "none", seeAlso: ["apt(8)", "systemctl(1)"],
    description: ["After upgrades, programs go on with the files that they had. needrestart looks for them in /proc, names their services and sessions, and restarts services if it may. apt calls it after each run of dpkg."],
    options: [
      flag(["-v"], "tell more"), flag(["-q"], "say nothing but what was asked for"), text(["-m"], "e|a", "easy hints, or all details"), flag(["-n"], "no is the default answer"), text(["-c"], "FILE", "read these settings"),
      partly(text(["-r"], "l|i|a", "list, ask, or restart by itself"), "questions are asked as lines, not in a dialogue"), flag(["-b"], "for programs: lines of NAME: VALUE"), flag(["-p"], "as a check of Nagios"), flag(["-k"], "look at the kernel only"), flag(["-l"], "look at services and sessions only"),
      flag(["-w"], "look at the microcode of the processor only"), unsimulated(["-f"], "another front end of debconf", "Questions are asked as lines.", "NAME"), unsimulated(["-u"], "another user interface", "Questions are asked as lines.", "NAME"), text(["-t"], "SECONDS", "tolerance for start times of scripts"),
    ],
  },
  function* (sys, argv, io: Io) {
    const wish = parse(argv.slice(1));
    if (wish === undefined) {
      io.out.put("Usage:\n\n  needrestart [-vn] [-c <cfg>] [-r <mode>] [-f <fe>] [-u <ui>] [-bkl]\n");
      return 1;
    }
    const has = (letter: string): boolean => wish.letters.has(letter);
    const batch = has("b") || has("p");
    const settings = yield* readTextFile(sys, wish.file);
    if (settings === undefined && !batch) {
      yield* io.stderr(`ERROR: Could not read config file '${wish.file}'!\n`);
      return 2;
    }
    const mode = wish.mode ?? sys.environment.get("NEEDRESTART_MODE") ?? /^\$nrconf\{restart\}\s*=\s*'([lia])'/m.exec(settings ?? "")?.[1] ?? "i";
    if (!/^[lia]$/.test(mode)) {
      yield* io.stderr(`ERROR: Unknown restart option '${mode}'!\n`);
      return 255;
    }
    const detail = wish.detail ?? "a";
    if (detail !== "e" && detail !== "a") {
      yield* io.stderr(`ERROR: Unknown UI mode '${detail}'!\n`);
      return 255;
    }
    const root = sys.getcred().ruid === 0;
    if (has("p") && !root) {
      io.out.put("UNKN - This plugin needs to be run as root!\n");
      return 3;
    }
    const terminal = [0, 1, 2].some((fd) => sys.isatty(fd));
    const asks = mode === "i" && terminal && sys.environment.get("DEBIAN_FRONTEND") !== "noninteractive";
    const everything = !has("k") && !has("l") && !has("w");
    const show: Show = { io, batch, quiet: has("q"), easy: detail === "e", mode: detail === "e" || (mode === "i" && !asks) ? "l" : mode === "i" ? "i" : mode === "a" ? "a" : "l", defaultNo: has("n"), hints: [] };
    if (has("b") && !has("p")) io.out.put("NEEDRESTART-VER: 3.6\n");
    const outdated = everything || has("l") ? yield* scan(sys, show) : undefined;
    if (outdated !== undefined && !root) ownProcesses(show, outdated);
    const kernel = (everything && root) || has("k") ? yield* checkKernel(sys) : undefined;
    if (kernel !== undefined && (yield* inContainer(sys))) {
      // the kernel is the host's
    } else if (kernel !== undefined && !has("p")) kernelState(show, kernel);
    if (has("p")) return nagios(io, kernel, outdated);
    if (outdated !== undefined && root) yield* services(sys, show, outdated);
    const [last, ...others] = [...show.hints].reverse();
    if (last !== undefined) io.out.put(`\nThis system runs ${others.length > 0 ? `${others.reverse().join(", ")} and ` : ""}${last}. For more details, run «needrestart -m a».\n\nYou should consider rebooting!\n\n`);
    return 0;
  },
));

interface Show {
  readonly io: Io;
  readonly batch: boolean;
  readonly quiet: boolean;
  readonly easy: boolean;
  readonly mode: "l" | "i" | "a";
  readonly defaultNo: boolean;
  readonly hints: string[];
}

const notice = ({ io, batch, quiet }: Show, line: string): void => {
  if (!batch && !quiet) io.out.put(`${line}\n`);
};

function parse(words: readonly string[]): Wish | undefined {
  const letters = new Set<string>();
  const wish: Wish = { letters, mode: undefined, detail: undefined, file: CONFIGURATION };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word.startsWith("--")) return undefined;
    for (let place = 1; place < word.length; place++) {
      const letter = word.charAt(place);
      if ("crmft".includes(letter) || letter === "u") {
        const value = word.slice(place + 1) || words[++at];
        if (value === undefined) return undefined;
        if (letter === "c") wish.file = value;
        else if (letter === "r") wish.mode = value;
        else if (letter === "m") wish.detail = value;
        break;
      }
      if (!"vnbklpqw".includes(letter)) return undefined;
      letters.add(letter);
    }
  }
  return wish;
}

function* scan(sys: Sys, show: Show): Blocking<Outdated> {
  if (!show.batch && !show.quiet) {
    yield* show.io.out.flush();
    yield* show.io.stderr("Scanning processes...\n");
  }
  return yield* findOutdated(sys);
}

function* inContainer(sys: Sys): Blocking<boolean> {
  return ((yield* readTextFile(sys, "/run/systemd/container")) ?? "") !== "";
}

function ownProcesses(show: Show, { own }: Outdated): void {
  const names = [...own.keys()].sort();
  if (names.length === 0) return;
  if (show.batch) for (const name of names) show.io.out.put(`NEEDRESTART-PID: ${name}=${(own.get(name) ?? []).join(",")}\n`);
  else notice(show, `Your outdated processes:\n${names.map((name) => `${name}[${(own.get(name) ?? []).join(", ")}]`).join(", ")}`);
}

function kernelState(show: Show, { running, expected, state }: KernelState): void {
  if (show.batch) {
    show.io.out.put(`NEEDRESTART-KCUR: ${running}\n${expected === undefined ? "" : `NEEDRESTART-KEXP: ${expected}\n`}NEEDRESTART-KSTA: ${state}\n`);
    return;
  }
  if (state === 1) {
    if (!show.easy) notice(show, "\nRunning kernel seems to be up-to-date.");
    return;
  }
  if (state === 0) {
    notice(show, "\nFailed to retrieve available kernel versions.");
    return;
  }
  if (show.easy) show.hints.push("an outdated kernel image");
  const message = state === 2 ? "The currently running kernel has an ABI compatible upgrade pending." : `The currently running kernel version is not the expected kernel version ${expected ?? ""}.`;
  show.io.out.put(`\nPending kernel upgrade!\n\nRunning kernel version:\n  ${running}\n\nDiagnostics:\n  ${message}\n\nRestarting the system to load the new kernel will not be handled automatically, so you should consider rebooting. [Return]\n`);
}

const byName = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
/** systemd itself goes on with its new program by daemon-reexec. */
const commandOf = (service: string): string => (service === "systemd-manager" ? "/etc/needrestart/restart.d/systemd-manager" : /^dbus\.service$/.test(service) ? "/etc/needrestart/restart.d/dbus.service" : `systemctl restart ${service}`);

function* services(sys: Sys, show: Show, { services: found, sessions }: Outdated): Generator<Wait, void> {
  const { io } = show;
  const names = [...found].sort(byName);
  if (names.length === 0) {
    if (!show.easy) notice(show, "\nNo services need to be restarted.");
  } else if (show.easy && show.mode !== "i") show.hints.push("outdated binaries");
  else if (show.batch) for (const name of names) io.out.put(`NEEDRESTART-SVC: ${name}\n`);
  else {
    const may = (name: string): boolean => !show.defaultNo && !DEFERRED.some((pattern) => pattern.test(name));
    let chosen: readonly string[] = names.filter(may);
    if (show.mode === "i") {
      notice(show, "\nRestarting services...");
      chosen = yield* ask(sys, io, names, may);
    } else notice(show, `\n${show.mode === "l" ? "Services to be restarted:" : "Restarting services..."}`);
    if (show.mode === "l") for (const name of chosen) io.out.put(` ${commandOf(name)}\n`);
    else yield* restart(sys, io, chosen);
    const deferred = names.filter((name) => !chosen.includes(name));
    if (deferred.length > 0) notice(show, `\nService restarts being deferred:\n${deferred.map((name) => ` ${commandOf(name)}`).join("\n")}`);
  }
  if (show.batch) {
    const accounts = yield* Accounts.read(sys);
    for (const [uid, ofUser] of sessions) for (const session of ofUser.keys()) io.out.put(`NEEDRESTART-SESS: ${accounts.userById(uid)?.name ?? String(uid)} @ ${session}\n`);
    return;
  }
  if (!show.easy) notice(show, "\nNo containers need to be restarted.");
  if (sessions.size === 0) {
    if (!show.easy) notice(show, "\nNo user sessions are running outdated binaries.");
  } else if (show.easy) show.hints.push("outdated sessions");
  else {
    const accounts = yield* Accounts.read(sys);
    notice(show, "\nUser sessions running outdated binaries:");
    for (const [uid, ofUser] of sessions) for (const [session, processes] of ofUser) notice(show, ` ${accounts.userById(uid)?.name ?? String(uid)} @ ${session}: ${[...processes].map(([name, pids]) => `${name}[${pids.join(",")}]`).join(", ")}`);
  }
  if (!show.easy) notice(show, "\nNo VM guests are running outdated hypervisor (qemu) binaries on this host.");
}

/** All in one command of systemctl; programs of restart.d one by one. */
function* restart(sys: Sys, io: Io, names: readonly string[]): Blocking<void> {
  const special = names.filter((name) => !commandOf(name).startsWith("systemctl"));
  const plain = names.filter((name) => !special.includes(name));
  for (const command of [...special.map(commandOf), ...(plain.length > 0 ? [`systemctl restart ${plain.join(" ")}`] : [])]) {
    io.out.put(` ${command}\n`);
    yield* io.out.flush();
    yield* runShell(sys, command);
  }
}

function* ask(sys: Sys, io: Io, names: readonly string[], may: (name: string) => boolean): Blocking<readonly string[]> {
  const chosen: string[] = [];
  let rest: "yes" | "no" | "auto" | undefined;
  io.out.put("Services to be restarted:\n");
  for (const name of names) {
    for (;;) {
      io.out.put(`Restart «${name}»? [${may(name) ? "Ynas?" : "yNas?"}] `);
      let answer = rest === "auto" ? (may(name) ? "yes" : "no") : rest;
      if (answer !== undefined) io.out.put(`${answer}\n`);
      else {
        yield* io.out.flush();
        const typed = sys.isatty(0) && sys.isatty(1) ? yield* readAnswer(io) : "n";
        if (typed === "?") {
          io.out.put("  (Y)es  - restart this service\n  (N)o   - do not restart this service\n  (A)uto - auto restart all remaining services\n  (S)top - stop restarting services\n\n");
          continue;
        }
        const word = typed === "" ? (may(name) ? "yes" : "no") : ["yes", "no", "auto", "stop"].find((one) => one.startsWith(typed));
        if (word === undefined) continue;
        if (word === "auto") rest = "auto";
        if (word === "stop") rest = "no";
        answer = word === "auto" ? (may(name) ? "yes" : "no") : word === "yes" ? "yes" : "no";
      }
      if (answer === "yes") chosen.push(name);
      break;
    }
  }
  return chosen;
}

function* readAnswer(io: Io): Blocking<string> {
  try {
    const [line] = yield* io.stdin.lines();
    return (line ?? "n").trim().toLowerCase();
  } catch (error) {
    if (error instanceof SysError) return "n";
    throw error;
  }
}

function nagios(io: Io, kernel: KernelState | undefined, outdated: Outdated | undefined): number {
  const sessions = [...(outdated?.sessions.values() ?? [])].reduce((sum, one) => sum + one.size, 0);
  const services = outdated?.services.size ?? 0;
  const kernelStatus = kernel === undefined ? 0 : kernel.state === 1 ? 0 : kernel.state === 0 ? 3 : 2;
  const status = Math.max(kernelStatus, services > 0 ? 1 : 0, sessions > 0 ? 2 : 0);
  const kernelText = kernel === undefined ? "" : `${kernel.running}${kernel.state === 3 ? `!=${kernel.expected ?? ""}` : ""}${kernelStatus === 2 ? " (!!)" : ""}`;
  const parts = [...(kernel === undefined ? [] : [`Kernel: ${kernelText}`]), ...(outdated === undefined ? [] : [`Services: ${services === 0 ? "none" : `${services} (!)`}`, "Containers: none", `Sessions: ${sessions === 0 ? "none" : `${sessions} (!!)`}`])];
  const figures = [...(kernel === undefined || kernelStatus === 3 ? [] : [`Kernel=${kernel.state - 1};0;;0;2`]), ...(outdated === undefined ? [] : [`Services=${services};;0;0`, "Containers=0;;0;0", `Sessions=${sessions};0;;0`])];
  io.out.put(`${["OK", "WARN", "CRIT", "UNKN"][status] ?? "UNKN"} - ${parts.join(", ")}|${figures.join(" ")}\n`);
  if (services > 0) io.out.put(`Services:${[...(outdated?.services ?? [])].sort().map((name) => `\n- ${name}`).join("")}\n`);
  return status;
}
