import { type Blocking, encode, O, type Sys, SysError } from "../../kernel/sys.ts";
import { type AlternativeChoice, type AlternativeGroup, withChoice } from "../kit/debian/alternatives.ts";
import { flag, type Io, program } from "../kit/program.ts";
import { civilAtUs, strftime } from "../kit/time-format.ts";
import { readZone } from "../kit/zones.ts";
import { exists } from "../kit/presence.ts";
import { best, currentChoice, groupNames, linkKind, pointTo, readGroup, storeGroup } from "./_alternatives.ts";

const LOG = "/var/log/alternatives.log";
const NEED = "need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, --all, --remove-all or --auto";
const USAGE = "\n\nUse 'update-alternatives --help' for program usage information.";

class Run {
  readonly #sys: Sys;
  readonly #io: Io;
  #stamp = "";

  constructor(sys: Sys, io: Io) {
    this.#sys = sys;
    this.#io = io;
  }

  *log(text: string): Blocking<void> {
    const sys = this.#sys;
    this.#stamp = strftime("%Y-%m-%d %H:%M:%S", civilAtUs(yield* readZone(sys), sys.clockUs("realtime")));
    try {
      const fd = yield* sys.open(LOG, O.WRONLY | O.CREAT | O.APPEND | O.CLOEXEC, 0o644);
      yield* sys.write(fd, encode(`update-alternatives ${this.#stamp}: ${text}\n`));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *say(text: string): Blocking<void> {
    this.#io.out.put(`update-alternatives: ${text}\n`);
    yield* this.#io.out.flush();
  }

  *fail(text: string): Blocking<number> {
    yield* this.#io.stderr(`update-alternatives: error: ${text}\n`);
    return 2;
  }

  *warn(text: string): Blocking<void> {
    yield* this.#io.stderr(`update-alternatives: warning: ${text}\n`);
  }

  /** The group without the choices whose files have gone. */
  *group(name: string): Blocking<AlternativeGroup | undefined> {
    const group = yield* readGroup(this.#sys, name);
    if (group === undefined) return undefined;
    const there: AlternativeChoice[] = [];
    for (const choice of group.choices) {
      if (exists(this.#sys, choice.path)) there.push(choice);
      else yield* this.warn(`alternative ${choice.path} (part of link group ${name}) doesn't exist; removing from list of alternatives`);
    }
    return { ...group, choices: there };
  }

  /** What somebody did to the links by hand is told before they are set right. */
  *noteDamage(group: AlternativeGroup, path: string): Blocking<void> {
    const current = currentChoice(this.#sys, group.name);
    if (current !== undefined && !exists(this.#sys, current)) yield* this.warn(`/etc/alternatives/${group.name} is dangling; it will be updated with best choice`);
    const known = yield* readGroup(this.#sys, group.name);
    if (known === undefined || current !== path) return;
    const kind = linkKind(this.#sys, group.link, `/etc/alternatives/${group.name}`);
    if (kind === "right") return;
    yield* this.warn(`forcing reinstallation of alternative ${path} because link group ${group.name} is broken`);
    if (kind === "file") yield* this.warn(`not replacing ${group.link} with a link`);
  }

  /** Writes the group and its links; `path` is what it leads to from now on. */
  *settle(group: AlternativeGroup, path: string | undefined, quiet = false): Blocking<number> {
    const sys = this.#sys;
    const before = currentChoice(sys, group.name);
    const known = yield* readGroup(sys, group.name);
    if (path !== undefined) yield* this.noteDamage(group, path);
    try {
      if (path !== undefined) pointTo(sys, group, path);
      yield* storeGroup(sys, group);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* this.fail(`unable to ${error.errno === "EACCES" ? `create file '/var/lib/dpkg/alternatives/${group.name}.dpkg-tmp'` : `install '${group.link}'`}: ${error.message}`);
    }
    if (known && known.manual !== group.manual) yield* this.log(`status of link group ${group.link} set to ${group.manual ? "manual" : "auto"}`);
    if (path !== undefined && path !== before) {
      if (!quiet) yield* this.say(`using ${path} to provide ${group.link} (${group.name}) in ${group.manual ? "manual" : "auto"} mode`);
      yield* this.log(`link group ${group.name} updated to point to ${path}`);
    }
    return 0;
  }
}

function choices(group: AlternativeGroup, current: string | undefined): string {
  const automatic = best(group) ?? "";
  const width = Math.max(15, ...group.choices.map((choice) => choice.path.length + 1));
  const row = (selected: boolean, number: number, path: string, priority: number, status: string): string => `${selected ? "*" : " "} ${String(number).padEnd(12)} ${path.padEnd(width)} ${(priority < 0 ? String(priority) : ` ${priority}`).padEnd(10)} ${status}\n`;
  let text = `There ${group.choices.length === 1 ? "is 1 choice" : `are ${group.choices.length} choices`} for the alternative ${group.name} (providing ${group.link}).\n\n  Selection    ${"Path".padEnd(width)} Priority   Status\n------------------------------------------------------------\n`;
  text += row(!group.manual && current === automatic, 0, automatic, group.choices.find((one) => one.path === automatic)?.priority ?? 0, "auto mode");
  for (const [at, choice] of group.choices.entries()) text += row(group.manual && current === choice.path, at + 1, choice.path, choice.priority, "manual mode");
  return text;
}

function* readLine(sys: Sys): Blocking<string | undefined> {
  let line = "";
  for (;;) {
    const [byte] = yield* sys.read(0, 1);
    if (byte === undefined) return line === "" ? undefined : line;
    if (byte === 10) return line;
    line += String.fromCharCode(byte);
  }
}

function* configure(sys: Sys, io: Io, run: Run, name: string, skipAuto = false): Blocking<number> {
  const group = yield* run.group(name);
  if (!group) return yield* run.fail(`no alternatives for ${name}`);
  const current = currentChoice(sys, name);
  if (group.choices.length === 0) {
    io.say(`There is no program which provides ${name}.\nNothing to configure.\n`);
    return 0;
  }
  if (skipAuto && !group.manual) {
    io.out.put(`${yield* displayed(sys, group)}\n`);
    return 0;
  }
  const shown = choices(group, current);
  for (;;) {
    io.say(`${shown}\nPress <enter> to keep the current choice[*], or type selection number: `);
    yield* io.out.flush();
    const line = yield* readLine(sys);
    if (line === undefined || line.trim() === "") return 0;
    const number = /^\d+$/.test(line.trim()) ? Number(line) : Number.NaN;
    const chosen = number === 0 ? best(group) : group.choices[number - 1]?.path ?? (group.choices.some((one) => one.path === line.trim()) ? line.trim() : undefined);
    if (chosen !== undefined) return yield* run.settle({ ...group, manual: number !== 0 }, chosen);
    io.out.put("");
  }
}

function* displayed(sys: Sys, group: AlternativeGroup): Blocking<string> {
  const current = currentChoice(sys, group.name);
  let text = `${group.name} - ${group.manual ? "manual" : "auto"} mode\n  link best version ${best(group) === undefined ? "not available" : `is ${best(group) ?? ""}`}\n  link currently ${current === undefined ? "absent" : `points to ${current}`}\n  link ${group.name} is ${group.link}\n`;
  for (const slave of group.slaves) text += `  slave ${slave.name} is ${slave.link}\n`;
  for (const choice of group.choices) {
    text += `${choice.path} - priority ${choice.priority}\n`;
    for (const [at, slave] of group.slaves.entries()) if ((choice.slaves[at] ?? "") !== "") text += `  slave ${slave.name}: ${choice.slaves[at] ?? ""}\n`;
  }
  return text;
}

function queried(sys: Sys, group: AlternativeGroup): string {
  const block = (names: readonly (readonly [string, string])[]): string => names.filter(([, path]) => path !== "").map(([name, path]) => ` ${name} ${path}\n`).join("");
  let text = `Name: ${group.name}\nLink: ${group.link}\n${group.slaves.length === 0 ? "" : `Slaves:\n${block(group.slaves.map((slave) => [slave.name, slave.link]))}`}Status: ${group.manual ? "manual" : "auto"}\nBest: ${best(group) ?? ""}\nValue: ${currentChoice(sys, group.name) ?? "none"}\n`;
  for (const choice of group.choices) text += `\nAlternative: ${choice.path}\nPriority: ${choice.priority}\n${group.slaves.length === 0 ? "" : `Slaves:\n${block(group.slaves.map((slave, at) => [slave.name, choice.slaves[at] ?? ""]))}`}`;
  return text;
}

const OTHER_COMMANDS: ReadonlySet<string> = new Set(["--list", "--display", "--query", "--get-selections", "--config", "--auto", "--set", "--install", "--remove", "--remove-all"]);

export default program(
  {
    name: "update-alternatives", showsHelp: true, summary: "which program a common name means", synopsis: ["[OPTION...] COMMAND"], operands: "none",
    options: [
      flag(["--install"], "LINK NAME PATH PRIORITY [--slave LINK NAME PATH]...: one more choice for LINK"), flag(["--remove"], "NAME PATH: remove a choice"), flag(["--remove-all"], "NAME: remove every choice"), flag(["--auto"], "NAME: take the best choice"), flag(["--display"], "NAME: show a group"), flag(["--query"], "NAME: show a group for programs"),
      flag(["--list"], "NAME: list the choices"), flag(["--get-selections"], "list what is chosen"), flag(["--set-selections"], "read choices from standard input"), flag(["--config"], "NAME: ask which choice to take"), flag(["--set"], "NAME PATH: take a choice"), flag(["--all"], "ask for every group"),
      flag(["--slave"], "one more link that goes along"), flag(["--skip-auto"], "do not ask for groups in automatic mode"), flag(["--quiet", "--verbose", "--force"], "say less, say more, replace files"), flag(["--version"], "print the version"),
    ],
  },
  function* (sys, argv, io) {
    const run = new Run(sys, io);
    const words = argv.slice(1).filter((word) => !["--quiet", "--verbose", "--debug", "--force", "--skip-auto"].includes(word));
    const quiet = argv.includes("--quiet");
    const usage = function* (text: string): Blocking<number> {
      yield* io.stderr(`update-alternatives: ${text}${USAGE}\n`);
      return 2;
    };
    const [action, name, path] = words;
    const needs = function* (count: number): Blocking<AlternativeGroup | number> {
      if (words.length < count + 1) return yield* usage(`${action ?? ""} needs ${count === 1 ? "<name>" : "<name> <path>"}`);
      return (yield* run.group(name ?? "")) ?? (yield* run.fail(`no alternatives for ${name ?? ""}`));
    };
    if (action !== undefined && ["--install", "--remove", "--remove-all", "--auto", "--set", "--config", "--set-selections"].includes(action)) yield* run.log(`run with ${argv.slice(1).join(" ")}`);
    switch (action) {
      case undefined:
        return yield* usage(NEED);
      case "--version":
        io.say("Debian update-alternatives version 1.21.22.\n\nThis is free software; see the GNU General Public License version 2 or\nlater for copying conditions. There is NO warranty.\n");
        return 0;
      case "--get-selections":
        for (const one of groupNames(sys)) {
          const group = yield* readGroup(sys, one);
          if (group) io.out.put(`${one.padEnd(30)} ${(group.manual ? "manual" : "auto").padEnd(8)} ${currentChoice(sys, one) ?? ""}\n`);
        }
        return 0;
      case "--set-selections": {
        const input = yield* io.input(0).all();
        for (const line of input.split("\n")) {
          const [one, mode, wanted = ""] = line.trim().split(/\s+/);
          const group = one === undefined || one === "" ? undefined : yield* readGroup(sys, one);
          if (!group && one !== undefined && one !== "") yield* io.stderr(`update-alternatives: skip unknown alternative ${one}\n`);
          if (!group) continue;
          const target = mode === "auto" ? best(group) : wanted;
          if (target !== undefined && group.choices.some((choice) => choice.path === target)) yield* run.say(`selecting alternative ${group.name} as ${mode === "auto" ? "auto" : `choice ${target}`}`);
          else yield* run.say(`alternative ${group.name} unchanged because choice ${wanted} is not available`);
          if (target !== undefined && group.choices.some((choice) => choice.path === target)) yield* run.settle({ ...group, manual: mode !== "auto" }, target, target === currentChoice(sys, group.name));
        }
        return 0;
      }
      case "--all":
        for (const one of groupNames(sys)) yield* configure(sys, io, run, one, argv.includes("--skip-auto"));
        return 0;
      case "--config":
        if (name === undefined) return yield* usage("--config needs <name>");
        return yield* configure(sys, io, run, name, argv.includes("--skip-auto"));
      case "--display":
      case "--query":
      case "--list": {
        if (path !== undefined && OTHER_COMMANDS.has(path)) return yield* usage(`two commands specified: ${action} and ${path}`);
        if (words.length > 2) return yield* run.fail(`unknown argument '${path ?? ""}'`);
        const group = yield* needs(1);
        if (typeof group === "number") return group;
        io.out.put(action === "--display" ? yield* displayed(sys, group) : action === "--query" ? queried(sys, group) : group.choices.map((choice) => `${choice.path}\n`).join(""));
        return 0;
      }
      case "--auto": {
        const group = yield* needs(1);
        return typeof group === "number" ? group : yield* run.settle({ ...group, manual: false }, best(group), quiet);
      }
      case "--set": {
        const group = yield* needs(2);
        if (typeof group === "number") return group;
        if (!group.choices.some((choice) => choice.path === path)) return yield* run.fail(`alternative ${path ?? ""} for ${group.name} not registered; not setting`);
        return yield* run.settle({ ...group, manual: true }, path, quiet);
      }
      case "--remove": {
        if (words.length < 3) return yield* usage("--remove needs <name> <path>");
        const group = yield* run.group(name ?? "");
        if (!group?.choices.some((choice) => choice.path === path)) return 0;
        const left = { ...group, choices: group.choices.filter((choice) => choice.path !== path) };
        const wasCurrent = currentChoice(sys, left.name) === path;
        if (wasCurrent && group.manual && left.choices.length > 0) yield* io.stderr(`update-alternatives: removing manually selected alternative - switching ${left.name} to auto mode\n`);
        return yield* run.settle(wasCurrent ? { ...left, manual: false } : left, wasCurrent || !left.manual ? best(left) : undefined, quiet);
      }
      case "--remove-all": {
        if (name === undefined) return yield* usage("--remove-all needs <name>");
        const group = yield* readGroup(sys, name);
        return group ? yield* run.settle({ ...group, choices: [] }, undefined, quiet) : yield* run.fail(`no alternatives for ${name}`);
      }
      case "--install": {
        const [, link = "", group = "", target = "", rank = ""] = words;
        if (words.length < 5) return yield* usage("--install needs <link> <name> <path> <priority>");
        if (!/^[+-]?\d+$/.test(rank)) return yield* usage(`priority '${rank}' must be an integer`);
        if (!link.startsWith("/")) return yield* run.fail(`alternative link is not absolute as it should be: ${link}`);
        if (!target.startsWith("/")) return yield* run.fail(`alternative path is not absolute as it should be: ${target}`);
        if (/[/\s]/.test(group)) return yield* run.fail(`alternative name (${group}) must not contain '/' and spaces`);
        try {
          sys.stat(target);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return yield* run.fail(`alternative path ${target} doesn't exist`);
        }
        const slaves: { link: string; name: string; path: string }[] = [];
        for (let at = 5; at < words.length; at += 4) {
          if (words[at] !== "--slave" || words.length < at + 4) return yield* usage(`unknown argument '${words[at] ?? ""}'`);
          if (words[at + 2] === group) return yield* usage(`<name> '${group}' is both primary and slave`);
          slaves.push({ link: words[at + 1] ?? "", name: words[at + 2] ?? "", path: words[at + 3] ?? "" });
        }
        const made = withChoice(yield* readGroup(sys, group), group, link, target, Number(rank), slaves);
        return yield* run.settle(made, made.manual ? undefined : best(made), quiet);
      }
      case "--slave":
        return yield* usage("--slave only allowed with --install");
      default:
        return yield* usage(action.startsWith("-") ? `unknown option '${action}'` : `unknown argument '${action}'`);
    }
  },
);
