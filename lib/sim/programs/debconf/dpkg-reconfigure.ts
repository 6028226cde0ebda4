// dpkg-reconfigure: asks a package's questions again, and runs its maintainer script with the answers (dpkg-reconfigure(8)).
import type { Blocking, Sys } from "../../kernel/sys.ts";
import { SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { DpkgDatabase, infoPath, readFile } from "../kit/debian/dpkg-database.ts";
import { actionsOfScript } from "../kit/debian/maintainer-script.ts";
import { carryOut, runProgram } from "../dpkg/_maintainer-actions.ts";
import { DebconfDatabase } from "./_database.ts";
import { chooseFrontend, type Frontend } from "./_frontend.ts";
import { apply, readSystem, stepsOf } from "./_packages.ts";
import { PRIORITIES, type Priority, templates } from "./_templates.ts";

const ME = "/usr/sbin/dpkg-reconfigure";

/** Asks what is important enough; a step back goes to the question before. */
function* askAll(sys: Sys, frontend: Frontend, name: string, database: DebconfDatabase, least: Priority, unseenOnly: boolean): Blocking<void> {
  let at = 0;
  for (;;) {
    const steps = yield* stepsOf(sys, name, database);
    const step = steps[at];
    if (step === undefined) return;
    const { template, choices } = step;
    if (PRIORITIES.indexOf(template.priority) < PRIORITIES.indexOf(least) || (unseenOnly && database.questions.get(template.name)?.seen === true)) {
      at++;
      continue;
    }
    const value = yield* frontend.ask(sys, name, { template, choices, value: database.questions.get(template.name)?.value ?? template.otherwise });
    if (value === undefined) {
      if (at === 0) return;
      at--;
      continue;
    }
    database.set(template.name, value, frontend.name !== "noninteractive", name, template.type);
    at++;
  }
}

export default program(
  {
    name: "dpkg-reconfigure", path: ME, manSection: 8, summary: "ask an installed package's questions once more", operands: "packages", synopsis: ["[options] packages"],
    options: [text(["-f", "--frontend"], "type", "how questions are asked: dialog, readline, noninteractive"), text(["-p", "--priority"], "value", "the least important questions that are asked"), flag(["--default-priority"], "ask by the usual priority"), flag(["-u", "--unseen-only"], "ask what was not asked yet"), flag(["--no-reload"], "do not read templates again"), flag(["--force"], "even when the package is broken")],
  },
  function* (sys, argv, io: Io) {
    const names: string[] = [];
    let wish: string | undefined = sys.environment.get("DEBIAN_FRONTEND");
    let priority: string | undefined;
    let usual = false;
    let unseenOnly = false;
    let force = false;
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      const value = (): string => (word.includes("=") ? word.slice(word.indexOf("=") + 1) : /^-[fp]./.test(word) ? word.slice(2) : (argv[++at] ?? ""));
      if (/^(-f|--frontend)/.test(word) && word !== "--force") wish = value();
      else if (/^(-p|--priority)/.test(word)) priority = value();
      else if (word === "--default-priority") usual = true;
      else if (word === "-u" || word === "--unseen-only") unseenOnly = true;
      else if (word === "--force") force = true;
      else if (word === "--no-reload" || word === "--showold") continue;
      else if (word.startsWith("-")) {
        yield* io.stderr(`Unknown option: ${word.replace(/^-+/, "")}\nUsage: dpkg-reconfigure [options] packages\n`);
        return 1;
      } else names.push(word.replace(/:(amd64|all)$/, ""));
    }
    if (names.length === 0) {
      yield* io.stderr(`${ME}: please specify a package to reconfigure\n`);
      return 1;
    }
    if (sys.getcred().euid !== 0) {
      yield* io.stderr(`${ME} must be run as root\n`);
      return 1;
    }
    if (priority !== undefined && !PRIORITIES.some((one) => one === priority)) {
      yield* io.stderr(`Ignoring invalid priority "${priority}"\nValid priorities are: low medium high critical\n`.replace("Valid priorities are: low medium high critical", "Valid priorities are: low, medium, high, critical"));
      priority = undefined;
    }
    const packages = yield* DpkgDatabase.read(sys);
    for (const name of names) {
      const state = packages.state(name);
      if (!packages.installed(name) && !(force && state !== undefined)) {
        yield* io.stderr(`${ME}: ${name} is ${state === undefined || state === "not-installed" || state === "config-files" ? "not installed" : "broken or not fully installed"}\n`);
        return 1;
      }
      const database = yield* DebconfDatabase.read(sys);
      const usualPriority = PRIORITIES.find((one) => one === (sys.environment.get("DEBIAN_PRIORITY") ?? database.value("debconf/priority"))) ?? "high";
      const least: Priority = PRIORITIES.find((one) => one === priority) ?? (usual ? usualPriority : "low");
      if (templates.has(name)) {
        const frontend = yield* chooseFrontend(sys, wish ?? database.value("debconf/frontend"));
        yield* readSystem(sys, name, database);
        yield* askAll(sys, frontend, name, database, least, unseenOnly);
        yield* database.write(sys);
        yield* apply(sys, name, database);
      }
      const actions = actionsOfScript(yield* readFile(sys, infoPath(sys, name, "postinst")));
      if (!(yield* carryOut(sys, actions.postInstall))) return 1;
      const enabled = new Set(actions.postInstall.flatMap((action) => ("enable" in action ? [action.enable] : "start" in action ? [action.start] : [])));
      const units = (yield* readFile(sys, infoPath(sys, name, "list"))).split("\n").flatMap((path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|target|timer))$/.exec(path)?.[1] ?? []);
      // what deb-systemd-invoke does with the units of the package
      for (const unit of [...units].sort()) {
        if (enabled.has(unit)) {
          if (!(yield* stopped(unit))) yield* runProgram(sys, ["systemctl", "restart", unit]);
        } else io.out.put(`${unit} is a disabled or a static unit not running, not starting it.\n`);
      }
    }
    return 0;

    function* stopped(unit: string) {
      try {
        sys.stat("/run/systemd/system");
        return (yield* runProgram(sys, ["systemctl", "is-enabled", "--quiet", unit])) !== 0;
      } catch (error) {
        if (error instanceof SysError) return true;
        throw error;
      }
    }
  },
);
