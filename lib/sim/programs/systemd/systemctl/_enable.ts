// enable, disable, reenable, mask, unmask, preset, link, revert, edit.
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { exists, linkTarget, makeDirectories, tryReadFile, writeFile } from "../../../daemons/systemd/api/files.ts";
import { disableUnits, enableUnits, type FileChange, findFragment, type InstallReport, maskUnits, presetOf, readPresets, unmaskUnits, UnitPaths } from "../../../daemons/systemd/api/unit-files.ts";
import { isTemplate, mangleUnitName } from "../../../daemons/systemd/api/unit-name.ts";
import { complain } from "../_systemd.ts";
import { type Context, fail, type Verb } from "./_context.ts";
import { runJobs } from "./_jobs.ts";

function* report(context: Context, changes: readonly FileChange[]): Blocking<void> {
  if (context.options.quiet) return;
  for (const change of changes) yield* complain(context.io, change.kind === "symlink" ? `Created symlink ${change.path} → ${change.target}.` : `Removed "${change.path}".`, "info");
}

const noInstall = `The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
Alias= settings in the [Install] section, and DefaultInstance= for template
units). This means they are not meant to be enabled or disabled using systemctl.
 
Possible reasons for having this kind of units are:
• A unit may be statically enabled by being symlinked from another unit's
  .wants/ or .requires/ directory.
• A unit's purpose may be to act as a helper for some other unit which has
  a requirement dependency on it.
• A unit may be started when needed via activation (socket, path, timer,
  D-Bus, udev, scripted systemctl call, ...).
• In case of template units, the unit is meant to be enabled with some
  instance name specified.`;

function unitNames(operands: readonly string[]): readonly string[] {
  return operands.map((operand) => (operand.startsWith("/") && !operand.startsWith("/dev/") ? operand : mangleUnitName(operand)));
}

type Change = (context: Context, paths: UnitPaths, units: readonly string[]) => Blocking<InstallReport>;

function installVerb(word: string, change: Change, after: { readonly checkInstall: boolean; readonly job?: "start" | "stop" }): Verb {
  return function* verb(context, operands) {
    const { sys, options } = context;
    if (operands.length === 0) return yield* fail(context, "Too few arguments.");
    const units = unitNames(operands);
    if (sys.getcred().euid !== 0) return yield* fail(context, `Failed to ${word} unit: Access denied`);
    const paths = new UnitPaths(sys);
    yield* synchronizeInitScript(context, word, units);
    if (word === "mask" || word === "unmask") for (const unit of units) if (!unit.startsWith("/") && findFragment(paths, unit) === undefined) yield* complain(context.io, `Unit ${unit} does not exist, proceeding anyway.`, "notice");
    let done: InstallReport;
    try {
      done = yield* change(context, paths, units);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* fail(context, `Failed to ${word} unit: ${error.message}`);
    }
    yield* report(context, done.changes);
    if (done.error !== undefined) return yield* fail(context, `Failed to ${word} unit: ${done.error}`);
    if (after.checkInstall && !done.carriesInstall && !options.quiet) yield* complain(context.io, noInstall, "notice");
    if (!options.noReload) yield* context.bus.call({ op: "reload" });
    if (options.now && after.job !== undefined) return yield* runJobs(context, after.job, units.filter((unit) => !isTemplate(unit)).map((unit) => unit.slice(unit.lastIndexOf("/") + 1)));
    return 0;
  };
}

/** Debian's services that still carry an init script are told to it too. */
function* synchronizeInitScript(context: Context, word: string, units: readonly string[]): Blocking<void> {
  if ((word !== "enable" && word !== "disable") || context.sys.environment.has("SYSTEMCTL_SKIP_SYSV")) return;
  for (const unit of units) {
    const name = unit.replace(/\.service$/, "");
    if (!unit.endsWith(".service") || name.includes("@") || !exists(context.sys, `/etc/init.d/${name}`)) continue;
    const install = "/lib/systemd/systemd-sysv-install";
    if (!context.options.quiet) {
      yield* complain(context.io, `Synchronizing state of ${unit} with SysV service script with ${install}.`, "info");
      yield* complain(context.io, `Executing: ${install} ${word} ${name}`, "info");
    }
    const pid = context.sys.fork(function* (child) {
      return yield* child.exec(install, [install, word, name], child.environment);
    });
    yield* context.sys.waitpid(pid);
  }
}

export const enable = installVerb("enable", (context, paths, units) => enableUnits(paths, units, { runtime: context.options.runtime, force: context.options.force > 0 }), { checkInstall: true, job: "start" });
export const disable = installVerb("disable", (context, paths, units) => disableUnits(paths, units, { runtime: context.options.runtime }), { checkInstall: true, job: "stop" });
export const reenable = installVerb("reenable", function* (context, paths, units) {
  const off = yield* disableUnits(paths, units, { runtime: context.options.runtime });
  if (off.error !== undefined) return off;
  paths.forget();
  const on = yield* enableUnits(paths, units, { runtime: context.options.runtime, force: true });
  return { ...on, changes: [...off.changes, ...on.changes] };
}, { checkInstall: true });
export const mask = installVerb("mask", (context, paths, units) => maskUnits(paths.sys, units, { runtime: context.options.runtime }), { checkInstall: false, job: "stop" });
export const unmask = installVerb("unmask", (context, paths, units) => unmaskUnits(paths.sys, units, { runtime: context.options.runtime }), { checkInstall: false });
export const preset = installVerb("preset", function* (context, paths, units) {
  const rules = yield* readPresets(paths.sys);
  const changes: FileChange[] = [];
  let carriesInstall = false;
  for (const unit of units) {
    const one = presetOf(rules, unit) === "enabled" ? yield* enableUnits(paths, [unit], { runtime: context.options.runtime, force: false }) : yield* disableUnits(paths, [unit], { runtime: context.options.runtime });
    if (one.error !== undefined) return { ...one, changes: [...changes, ...one.changes] };
    changes.push(...one.changes);
    carriesInstall ||= one.carriesInstall;
  }
  return { changes, carriesInstall };
}, { checkInstall: true });

export const link = installVerb("link", function* (context, paths, units) {
  const changes: FileChange[] = [];
  for (const unit of units) {
    if (!unit.startsWith("/")) return { changes, carriesInstall: true, error: "Invalid argument" };
    if (!exists(paths.sys, unit)) return { changes, carriesInstall: true, error: `File ${unit}: No such file or directory` };
    const path = `/etc/systemd/system/${unit.slice(unit.lastIndexOf("/") + 1)}`;
    if (linkTarget(paths.sys, path) === unit) continue;
    paths.sys.symlink(unit, path);
    changes.push({ kind: "symlink", path, target: unit });
  }
  void context;
  yield* paths.sys.preempt();
  return { changes, carriesInstall: true };
}, { checkInstall: false });

export const revert = installVerb("revert", function* (_context, paths, units) {
  const { sys } = paths;
  const changes: FileChange[] = [];
  for (const unit of units) {
    for (const root of ["/etc/systemd/system", "/etc/systemd/system.control", "/run/systemd/system.control"]) {
      const directory = `${root}/${unit}.d`;
      for (const name of paths.below(root, `${unit}.d`)) {
        sys.unlink(`${directory}/${name}`);
        changes.push({ kind: "unlink", path: `${directory}/${name}` });
      }
      if (exists(sys, directory)) {
        sys.rmdir(directory);
        changes.push({ kind: "unlink", path: directory });
      }
    }
    const own = `/etc/systemd/system/${unit}`;
    if (exists(sys, own) && (linkTarget(sys, own) === "/dev/null" || exists(sys, `/lib/systemd/system/${unit}`))) {
      sys.unlink(own);
      changes.push({ kind: "unlink", path: own });
    }
  }
  yield* sys.preempt();
  return { changes, carriesInstall: true };
}, { checkInstall: false });

/** Opens the editor on a drop-in (or a whole copy with --full); an empty result changes nothing. */
export const edit: Verb = function* (context, operands) {
  const { sys, options, io } = context;
  if (operands.length === 0) return yield* fail(context, "Too few arguments.");
  if (!sys.isatty(1)) return yield* fail(context, "Cannot edit units if not on a tty.");
  const paths = new UnitPaths(sys);
  for (const operand of operands) {
    const unit = mangleUnitName(operand);
    const fragment = findFragment(paths, unit);
    const force = options.force > 0;
    if (fragment === undefined && !force) {
      yield* complain(io, `No files found for ${unit}.`);
      return yield* fail(context, `Run 'systemctl edit --force --full ${unit}' to create a new unit.`);
    }
    const root = options.runtime ? "/run/systemd/system" : "/etc/systemd/system";
    const whole = options.full;
    const target = whole ? `${root}/${unit}` : `${root}/${unit}.d/override.conf`;
    const marker = "### Lines below this comment will be discarded";
    const original = fragment === undefined ? "" : ((yield* tryReadFile(sys, fragment.path)) ?? "");
    const current = (yield* tryReadFile(sys, target)) ?? "";
    const directory = target.slice(0, target.lastIndexOf("/"));
    // tempfn_random of systemd
    const draft = `${directory}/.#${target.slice(directory.length + 1)}${[...sys.random(8)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    const made = !exists(sys, directory);
    try {
      makeDirectories(sys, directory);
      yield* writeFile(sys, draft, whole ? (current === "" ? original : current) : `### Editing ${target}\n### Anything between here and the comment below will become the new contents of the file\n\n${current}\n\n${marker}\n\n### ${fragment?.path ?? ""}\n${original.trim().split("\n").map((line) => `# ${line}`).join("\n")}`);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return yield* fail(context, `Failed to create directory for ${target}: ${error.message}`);
    }
    yield* runEditor(context, draft);
    const edited = (yield* tryReadFile(sys, draft)) ?? "";
    sys.unlink(draft);
    const kept = whole ? edited : edited.slice(0, edited.includes(marker) ? edited.indexOf(marker) : undefined).split("\n").filter((line) => !line.startsWith("### ")).join("\n").trim();
    if (kept.trim() === "") {
      if (made) sys.rmdir(directory);
      yield* complain(io, `Editing "${target}" canceled: temporary file is empty.`, "warning");
      continue;
    }
    yield* writeFile(sys, target, kept.endsWith("\n") ? kept : `${kept}\n`);
  }
  if (!options.noReload) yield* context.bus.call({ op: "reload" });
  return 0;
};

function* runEditor(context: Context, path: string): Blocking<void> {
  const { sys } = context;
  const asked = sys.environment.get("SYSTEMD_EDITOR") ?? sys.environment.get("EDITOR") ?? sys.environment.get("VISUAL");
  yield* context.io.out.flush();
  const pid = sys.fork(function* editor(child) {
    for (const program of asked === undefined ? ["editor", "nano", "vim", "vi"] : asked.split(" ").slice(0, 1)) {
      for (const directory of program.includes("/") ? [""] : ["/usr/local/bin/", "/usr/bin/", "/bin/"]) {
        try {
          return yield* child.exec(`${directory}${program}`, [program, ...(asked === undefined ? [] : asked.split(" ").slice(1)), path], child.environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
    }
    return 1;
  });
  yield* sys.waitpid(pid);
}
