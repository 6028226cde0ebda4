// modprobe: loads a module with all that it needs, by the tables of /lib/modules/RELEASE and the settings of /etc/modprobe.d.
import { type Blocking, SysError } from "../../kernel/sys.ts";
import { type Io, counted, flag, gnu, text } from "../kit/gnu.ts";
import { runShell } from "../kit/shell-command.ts";
import { type ModuleEntry, ModuleTree, loadedModules, readModuleFile, readSettings } from "./_module-tree.ts";

export default gnu({
  name: "modprobe", path: "/sbin/modprobe", manSection: 8, project: "kmod", tryLine: () => "", versionLetter: "V", helpLetter: "h", versionText: "kmod version 30\n+ZSTD +XZ -ZLIB +LIBCRYPTO -EXPERIMENTAL\n", summary: "load a kernel module with all it depends on, or remove it", synopsis: ["[options] [-i] [-b] modulename", "[options] -a [-i] [-b] modulename [modulename...]", "[options] -r [-i] modulename"],
  options: {
    all: flag(["-a", "--all"], "operands are modules, none is a parameter"), remove: flag(["-r", "--remove"], "take modules out of the kernel"), dryRun: flag(["-n", "--dry-run", "--show"], "do not execute operations"), firstTime: flag(["--first-time"], "fail when nothing is to be done (already loaded, or not loaded with -r)"), verbose: counted(["-v", "--verbose"], "enables more messages"),
    quiet: flag(["-q", "--quiet"], "disable messages"), force: flag(["-f", "--force"], "force"), useBlacklist: flag(["-b", "--use-blacklist"], "the blacklist counts for names too, not only for aliases"), ignoreInstall: flag(["-i", "--ignore-install", "--ignore-remove"], "do not run the commands that /etc/modprobe.d gives in place of a module"), config: flag(["-c", "--showconfig"], "print out known configuration"),
    showDepends: flag(["-D", "--show-depends"], "list the files to load, in their order"), resolveAlias: flag(["-R", "--resolve-alias"], "list the modules that an alias leads to"), directory: text(["-d", "--dirname"], "DIR", "DIR takes the place of / for /lib/modules"), configFrom: text(["-C", "--config"], "FILE", "settings from FILE, or from the files of that directory, not from /etc/modprobe.d"), removeHolders: flag(["--remove-holders"], "with -r: also what uses the module"), wait: text(["-w", "--wait"], "MSEC", "with -r: wait so long for a module in use (taken, no effect here)"), forceVersion: flag(["--force-vermagic"], "do not compare versions (taken, no effect here)"), forceSymbols: flag(["--force-modversion"], "do not compare symbols (taken, no effect here)"), setVersion: text(["-S", "--set-version"], "VERSION", "for kernel VERSION, not the running one"), syslog: flag(["-s", "--syslog"], "messages go to the system log"),
  },
  parsing: { stopAtOperand: true },
  *run({ options, operands, sys }, io: Io) {
    const [first, ...rest] = operands;
    let complaints = "";
    const settings = yield* readSettings(sys, options.configFrom, (path, line, word) => {
      complaints += `libkmod: ERROR ../libkmod/libkmod-config.c:712 kmod_config_parse: ${path} line ${line}: ignoring bad line starting with '${word}'\n`;
    });
    if (complaints !== "") yield* io.stderr(complaints);
    const tree = yield* ModuleTree.read(sys, options.setVersion, options.directory);
    if (options.config) {
      for (const name of settings.blacklist) io.out.put(`blacklist ${name}\n`);
      for (const [name, line] of settings.install) io.out.put(`install ${name} ${line}\n`);
      for (const [name, line] of settings.remove) io.out.put(`remove ${name} ${line}\n`);
      for (const [pattern, name] of settings.aliases) io.out.put(`alias ${pattern} ${name}\n`);
      for (const [name, words] of settings.optionLines) io.out.put(`options ${name} ${words}\n`);
      for (const [name, { before, after }] of settings.soft) io.out.put(`softdep ${name} ${before.length > 0 ? `pre: ${before.join(" ")}` : ""}${before.length > 0 && after.length > 0 ? " " : ""}${after.length > 0 ? `post: ${after.join(" ")}` : ""}\n`);
      io.out.put("\n# End of configuration files. Dumping indexes now:\n\n");
      for (const [pattern, name] of tree.aliases) io.out.put(`alias ${pattern} ${name}\n`);
      return 0;
    }
    if (first === undefined) {
      yield* io.stderr("modprobe: ERROR: missing parameters. See -h.\n");
      return 1;
    }
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
      if (line !== undefined) {
        if (options.verbose > 0 || options.showDepends) io.out.put(`install ${line} ${parameters}\n`);
        if (options.dryRun || options.showDepends) return true;
        yield* io.out.flush();
        const ended = yield* runShell(sys, line.replaceAll("$CMDLINE_OPTS", parameters));
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
        if (options.removeHolders) {
          for (const user of state.users) {
            const holder = tree.modules.get(user);
            if (holder) yield* remove(holder, false);
          }
        } else {
          if (asked) yield* io.fail(`FATAL: Module ${module.name} is in use.`);
          return;
        }
      }
      const line = options.ignoreInstall ? undefined : settings.remove.get(module.name);
      if (line !== undefined) {
        if (options.verbose > 0) io.out.put(`remove ${line}\n`);
        if (options.dryRun) return;
        yield* io.out.flush();
        yield* runShell(sys, line);
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
        // a command may stand for what is no module
        const words = (options.remove ? settings.remove : settings.install).get(name.replaceAll("-", "_"));
        const virtual: ModuleEntry | undefined = words === undefined || options.ignoreInstall ? undefined : { name: name.replaceAll("-", "_"), path: "", needs: [] };
        if (virtual) {
          if (options.resolveAlias) io.out.put(`${virtual.name}\n`);
          else if (options.remove) {
            if (options.verbose > 0) io.out.put(`remove ${words}\n`);
            yield* io.out.flush();
            if (!options.dryRun) yield* runShell(sys, words ?? "");
          } else yield* insert(virtual, given, name);
          continue;
        }
        // an alias of /etc/modprobe.d may lead to what is not there
        const target = settings.aliases.find(([pattern]) => pattern === name.replaceAll("-", "_"))?.[1] ?? (options.ignoreInstall && settings.install.has(name.replaceAll("-", "_")) ? name.replaceAll("-", "_") : undefined);
        if (target !== undefined && !tree.builtIn.has(target) && !options.remove) {
          if (options.resolveAlias) io.out.put(`${target}\n`);
          else if (!options.dryRun && !options.showDepends) {
            yield* io.fail(`ERROR: ../libkmod/libkmod-module.c:895 kmod_module_insert_module() could not find module by name='${target}'`);
            yield* io.fail(`ERROR: could not insert '${target}': Unknown symbol in module, or unknown parameter (see dmesg)`);
          }
          continue;
        }
        if (tree.builtIn.has(name.replaceAll("-", "_"))) {
          if (options.showDepends) io.out.put(`builtin ${name.replaceAll("-", "_")}\n`);
          else if (options.remove) yield* io.fail(`FATAL: Module ${name} is builtin.`);
          continue;
        }
        if (options.quiet || options.syslog) io.status = 1;
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
        const { before = [], after = [] } = settings.soft.get(module.name) ?? {};
        for (const one of before) for (const needed of tree.resolve(one, settings)) yield* insert(needed, "", "");
        for (const need of module.needs.toReversed()) {
          const needed = tree.modules.get(need);
          if (needed !== undefined && complete) complete = yield* insert(needed, "", "");
        }
        if (complete) yield* insert(module, given, name);
        for (const one of after) for (const needed of tree.resolve(one, settings)) yield* insert(needed, "", "");
      }
    }
    return undefined;
  },
});
