// modprobe: loads a module with all that it needs, by the tables of /lib/modules/RELEASE and the settings of /etc/modprobe.d.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { runShell } from "../kit/shell-command.ts";
import { type ModuleEntry, ModuleTree, loadedModules, readModuleFile, readSettings } from "./_module-tree.ts";

export default gnu({
  name: "modprobe", path: "/sbin/modprobe", manSection: 8, project: "kmod", versionText: "kmod version 30\n-ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "load a kernel module with all it depends on, or remove it", synopsis: ["[options] [-i] [-b] modulename", "[options] -a [-i] [-b] modulename [modulename...]", "[options] -r [-i] modulename"],
  options: {
    all: flag(["-a", "--all"], "operands are modules, none is a parameter"), remove: flag(["-r", "--remove"], "take modules out of the kernel"), dryRun: flag(["-n", "--dry-run", "--show"], "do not execute operations"), firstTime: flag(["--first-time"], "fail when nothing is to be done (already loaded, or not loaded with -r)"), verbose: counted(["-v", "--verbose"], "enables more messages"),
    quiet: flag(["-q", "--quiet"], "disable messages"), force: flag(["-f", "--force"], "force"), useBlacklist: flag(["-b", "--use-blacklist"], "the blacklist counts for names too, not only for aliases"), ignoreInstall: flag(["-i", "--ignore-install", "--ignore-remove"], "do not run the commands that /etc/modprobe.d gives in place of a module"), config: flag(["-c", "--showconfig"], "print out known configuration"),
    showDepends: flag(["-D", "--show-depends"], "list the files to load, in their order"), resolveAlias: flag(["-R", "--resolve-alias"], "list the modules that an alias leads to"), setVersion: text(["-S", "--set-version"], "VERSION", "for kernel VERSION, not the running one"), syslog: flag(["-s", "--syslog"], "messages go to the system log"),
  },
  parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    const [first, ...rest] = operands;
    if (options.config) {
      const settings = yield* readSettings(sys);
      for (const name of settings.blacklist) io.out.put(`blacklist ${name}\n`);
      for (const [name, words] of settings.options) io.out.put(`options ${name} ${words}\n`);
      for (const [name, line] of settings.install) io.out.put(`install ${name} ${line}\n`);
      for (const [pattern, name] of settings.aliases) io.out.put(`alias ${pattern} ${name}\n`);
      return 0;
    }
    if (first === undefined) {
      yield* io.stderr("modprobe: ERROR: missing parameters. See -h.\n");
      return 1;
    }
    const tree = yield* ModuleTree.read(sys, options.setVersion);
    const settings = yield* readSettings(sys);
    const names = options.all || options.remove ? operands : [first];
    const given = options.all || options.remove ? "" : rest.join(" ");

    const insert = function* (module: ModuleEntry, parameters: string, asked: string): Blocking<boolean> {
      const loaded = yield* loadedModules(sys);
      if (loaded.has(module.name) && !options.showDepends) {
        if (options.firstTime && asked !== "") {
          yield* io.fail(`ERROR: could not insert '${module.name}': Module already in kernel`);
          return false;
        }
        return true;
      }
      const line = options.ignoreInstall ? undefined : settings.install.get(module.name);
      if (line !== undefined && !options.showDepends) {
        if (options.verbose > 0 || options.dryRun) io.out.put(`install ${line} ${parameters}\n`);
        if (options.dryRun) return true;
        yield* io.out.flush();
        const ended = yield* runShell(sys, line);
        if (ended.kind === "exited" && ended.status === 0) return true;
        if (!options.quiet) yield* io.fail(`ERROR: could not insert '${asked || module.name}': Invalid argument`);
        io.status = 1;
        return false;
      }
      const words = [settings.options.get(module.name) ?? "", parameters].join(" ").trim();
      if (options.verbose > 0 || options.showDepends) io.out.put(`insmod ${module.path} ${words}${words === "" ? "" : " "}\n`);
      if (options.dryRun || options.showDepends) return true;
      try {
        const info = yield* readModuleFile(sys, module.path);
        sys.initModule(module.name, words, (info?.strings.find(([key]) => key === "depends")?.[1] ?? "").split(",").filter((one) => one !== ""));
        return true;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        io.status = 1;
        if (!options.quiet) yield* io.fail(`ERROR: could not insert '${module.name}': ${error.message}`);
        return false;
      }
    };

    const remove = function* (module: ModuleEntry, asked: boolean): Blocking<void> {
      const state = (yield* loadedModules(sys)).get(module.name);
      if (state === undefined) {
        if (asked && options.firstTime) yield* io.fail(`FATAL: Module ${module.name} is not in kernel.`);
        return;
      }
      if (state.references > 0) {
        if (asked) yield* io.fail(state.users.length > 0 ? `FATAL: Module ${module.name} is in use.` : `FATAL: Module ${module.name} is in use.`);
        return;
      }
      if (options.verbose > 0) io.out.put(`rmmod ${module.name}\n`);
      if (options.dryRun) return;
      try {
        sys.deleteModule(module.name, options.force);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`ERROR: could not remove '${module.name}': ${error.message}`);
        return;
      }
      // what nobody else needs goes too
      for (const name of module.needs) {
        const needed = tree.modules.get(name);
        if (needed !== undefined && (yield* loadedModules(sys)).get(name)?.references === 0) yield* remove(needed, false);
      }
    };

    for (const name of names) {
      const found = tree.resolve(name, settings);
      if (options.resolveAlias) {
        for (const module of found) io.out.put(`${module.name}\n`);
        if (found.length > 0) continue;
      }
      if (found.length === 0) {
        if (tree.builtIn.has(name.replaceAll("-", "_"))) {
          if (options.showDepends) io.out.put(`builtin ${name.replaceAll("-", "_")}\n`);
          else if (options.remove) yield* io.fail(`FATAL: Module ${name} is builtin.`);
          continue;
        }
        if (options.quiet) io.status = 1;
        else if (options.all) yield* io.warn(`WARNING: Module ${name} not found in directory ${tree.directory}`);
        else yield* io.fail(options.remove ? `FATAL: Module ${name} not found.` : `FATAL: Module ${name} not found in directory ${tree.directory}`);
        io.status = 1;
        continue;
      }
      const byAlias = !tree.modules.has(name.replaceAll("-", "_"));
      for (const module of found) {
        if ((byAlias || options.useBlacklist) && settings.blacklist.has(module.name)) continue;
        if (options.remove) {
          yield* remove(module, true);
          continue;
        }
        let complete = true;
        for (const need of module.needs.toReversed()) {
          const needed = tree.modules.get(need);
          if (needed !== undefined && complete) complete = yield* insert(needed, "", "");
        }
        if (complete) yield* insert(module, given, name);
      }
    }
    return undefined;
  },
});
