// git config (git-config(1)).
import { type Blocking, SysError } from "../../../kernel/sys.ts";
import { compileRegex } from "../../kit/regex/compile-regex.ts";
import { directoryOf } from "../../kit/paths.ts";
import { exists } from "../../kit/presence.ts";
import { Die, Quit } from "../base/die.ts";
import { launchEditor } from "../base/editor.ts";
import { type Git, colorSequence } from "../base/git.ts";
import { gitCommand, usage } from "../base/git-command.ts";
import { flag, text } from "../base/options.ts";
import { startPager } from "../base/pager.ts";
import { type ScopedEntry, expandUserPath, globalConfigFiles, parseBoolean, parseInteger, parsedOrDie } from "../store/config.ts";
import { splitKey, withSectionRenamed, withValue, withoutEntries } from "../store/config-file.ts";
import { makeDirectories, readText, writeFile } from "../store/file-bytes.ts";

const options = {
  global: flag("global", "your own file"),
  system: flag("system", "the machine's file"),
  local: flag("local", "the repository's file"),
  worktree: flag("worktree", "the work tree's file (the repository's here)"),
  file: text("f file", "file", "this file"),
  get: flag("get", "print a value: name [value-pattern]"),
  getAll: flag("get-all", "every value of a key: key [value-pattern]"),
  getRegexp: flag("get-regexp", "print values of names that match: name-regex [value-pattern]"),
  replaceAll: flag("replace-all", "replace all values: name value [value-pattern]"),
  add: flag("add", "add a value: name value"),
  unset: flag("unset", "remove a value: name [value-pattern]"),
  unsetAll: flag("unset-all", "remove all values: name [value-pattern]"),
  renameSection: flag("rename-section", "give a section another name: old-name new-name"),
  removeSection: flag("remove-section", "remove a section: name"),
  list: flag("l list", "list everything"),
  edit: flag("e edit", "open the file in an editor"),
  getColor: flag("get-color", "print a colour: slot [default]"),
  type: text("t type", "type", "what the value is: bool, int, path, color"),
  bool: flag("bool", "the value is true or false"),
  int: flag("int", "the value is a number"),
  path: flag("path", "the value is a file name"),
  nul: flag("z null", "end values with NUL"),
  nameOnly: flag("name-only", "only names"),
  showOrigin: flag("show-origin", "where each value comes from"),
  showScope: flag("show-scope", "which scope each value is of"),
  default: text("default", "value", "with --get: when there is none"),
  fixed: flag("fixed-value", "patterns are texts"),
  includes: flag("includes", "follow include.path"),
};
const spec = { usage: ["git config [<options>]"], options };

/** Which file is meant; undefined: all of them together. */
function chosenFile(git: Git, given: { readonly [K in "global" | "system" | "local" | "worktree"]: boolean | undefined } & { readonly file: string | undefined }): { readonly path: string; readonly shown: string } | undefined {
  const { sys } = git;
  if (given.file !== undefined) return { path: given.file.startsWith("/") ? given.file : git.prefix + given.file, shown: given.file };
  if (given.system) return { path: sys.environment.get("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig", shown: "/etc/gitconfig" };
  if (given.global) {
    const files = globalConfigFiles(sys);
    const home = files.at(-1);
    if (home === undefined) throw new Die("$HOME not set");
    const [first] = files;
    const path = files.length > 1 && first !== undefined && exists(sys, first) && !exists(sys, home) ? first : home;
    return { path, shown: path };
  }
  if (given.local || given.worktree) {
    if (!git.maybeRepository) throw new Die("--local can only be used inside a git repository");
    return { path: `${git.repository.gitDir}/config`, shown: `${git.repository.place.shownGitDir}/config` };
  }
  return undefined;
}

function canonicalKey(key: string): string {
  const split = splitKey(key);
  if (!split) throw new Quit(1, `error: key does not contain a section: ${key}`);
  if (split.name === "") throw new Quit(1, `error: key does not contain variable name: ${key}`);
  if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(split.name) || !/^[-A-Za-z0-9.]*$/.test(split.section.split(".")[0] ?? "") || split.section === "") throw new Quit(1, `error: invalid key: ${key}`);
  return split.canonical;
}

export const config = gitCommand({
  name: "config", summary: "get and set options of a repository or of all of them", usage: ["git config [<options>]"], needs: "any", operands: "none", options,
  *run(git, { options: given, args }) {
    const { sys } = git;
    if ([given.global, given.system, given.local, given.worktree, given.file].filter((one) => one !== undefined && one !== false).length > 1) throw usage(spec, "error: only one config file at a time");
    const type = given.type ?? (given.bool ? "bool" : given.int ? "int" : given.path ? "path" : undefined);
    if (type !== undefined && !["bool", "int", "bool-or-int", "bool-or-str", "path", "expiry-date", "color"].includes(type)) throw new Die(`unrecognized --type argument, ${type}`);
    const actions = ["get", "getAll", "getRegexp", "replaceAll", "add", "unset", "unsetAll", "renameSection", "removeSection", "list", "edit", "getColor"] as const;
    const chosenActions = actions.filter((one) => given[one]);
    if (chosenActions.length > 1) throw usage(spec, "error: only one action at a time");
    const action = chosenActions[0] ?? (args.length === 1 ? "get" : args.length === 2 ? "set" : args.length === 3 ? "replace" : undefined);
    if (action === undefined) throw args.length === 0 ? usage(spec) : usage(spec, "error: no action specified");
    const [first = "", second] = args;
    const count = (least: number, most: number) => {
      if (args.length >= least && args.length <= most) return;
      throw usage(spec, least === most ? `error: wrong number of arguments, should be ${least}` : `error: wrong number of arguments, should be from ${least} to ${most}`);
    };
    const file = chosenFile(git, given);
    const readEntries = function* (): Blocking<readonly ScopedEntry[]> {
      if (!file) return git.config.entries;
      let content: string | undefined;
      try {
        content = yield* readText(sys, file.path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Die(`unable to read config file '${file.shown}': ${error.message}`);
      }
      if (content === undefined) {
        if (action === "list") throw new Die(`unable to read config file '${file.shown}': No such file or directory`);
        return [];
      }
      const scope = given.global ? "global" : given.system ? "system" : given.local ? "local" : "command";
      return parsedOrDie(content, file.shown).map((entry) => ({ ...entry, scope, file: file.path, shownFile: file.shown }));
    };
    const origin = (entry: ScopedEntry): string => `${given.showScope ? `${entry.scope}${given.nul ? "\0" : "\t"}` : ""}${given.showOrigin ? `${entry.shownFile === undefined ? "command line:" : `file:${entry.shownFile}`}${given.nul ? "\0" : "\t"}` : ""}`;
    const typed = function* (entry: { readonly key: string; readonly value: string | undefined; readonly shownFile?: string | undefined }): Blocking<string> {
      const { key, value } = entry;
      if (type === "bool") {
        const truth = parseBoolean(value);
        if (truth === undefined) throw new Die(`bad boolean config value '${value}' for '${key}'`);
        return String(truth);
      }
      if (type === "int" || (type === "bool-or-int" && value !== undefined && parseInteger(value) !== undefined)) {
        const number = parseInteger(value ?? "");
        if (number === undefined) throw new Die(`bad numeric config value '${value ?? ""}' for '${key}'${entry.shownFile === undefined ? "" : ` in file ${entry.shownFile}`}: invalid unit`);
        return String(number);
      }
      if (type === "bool-or-int") return String(parseBoolean(value) ?? value);
      if (type === "path") return expandUserPath(sys, value ?? "");
      if (type === "color") return colorSequence(value ?? "");
      return value ?? "";
    };
    const end = given.nul ? "\0" : "\n";
    const save = function* (path: string, content: string): Blocking<void> {
      try {
        if (given.global) makeDirectories(sys, directoryOf(path));
        yield* writeFile(sys, `${path}.lock`, content);
        sys.rename(`${path}.lock`, path);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        throw new Quit(error.errno === "ENOENT" ? 255 : 255, `error: could not lock config file ${file?.shown ?? path}: ${error.message}`);
      }
    };
    const target = function* (): Blocking<{ readonly path: string; readonly content: string }> {
      const chosen = file ?? (git.maybeRepository ? { path: `${git.repository.gitDir}/config`, shown: `${git.repository.place.shownGitDir}/config` } : undefined);
      if (!chosen) throw new Die("not in a git directory");
      const content = (yield* readText(sys, chosen.path)) ?? "";
      parsedOrDie(content, chosen.shown);
      return { path: chosen.path, content };
    };
    const valueMatcher = (pattern: string | undefined): ((value: string) => boolean) => {
      if (pattern === undefined) return () => true;
      if (given.fixed) return (value) => value === pattern;
      const negated = pattern.startsWith("!");
      const regex = compileRegex(negated ? pattern.slice(1) : pattern, { syntax: "ere" });
      return (value) => regex.test(value) !== negated;
    };

    switch (action) {
      case "list": {
        count(0, 0);
        yield* startPager(git);
        for (const entry of yield* readEntries()) {
          const value = given.nameOnly || entry.value === undefined ? "" : `${given.nul ? "\n" : "="}${yield* typed(entry)}`;
          git.put(`${origin(entry)}${entry.key}${value}${end}`);
        }
        return 0;
      }
      case "get": case "getAll": case "getRegexp": {
        count(1, 2);
        const matches = valueMatcher(second);
        let found: ScopedEntry[];
        if (action === "getRegexp") {
          const regex = compileRegex(first.replace(/^[^.]*/, (section) => section.toLowerCase()), { syntax: "ere" });
          found = (yield* readEntries()).filter((entry) => regex.test(entry.key) && matches(entry.value ?? ""));
        } else {
          const key = canonicalKey(first);
          found = (yield* readEntries()).filter((entry) => entry.key === key && matches(entry.value ?? ""));
          if (action === "get") found = found.slice(-1);
        }
        if (found.length === 0) {
          if (given.default === undefined) return 1;
          git.put(`${yield* typed({ key: first, value: given.default })}${end}`);
          return 0;
        }
        for (const entry of found) git.put(`${origin(entry)}${action === "getRegexp" ? `${entry.key}${given.nameOnly ? "" : entry.value === undefined ? "" : given.nul ? "\n" : " "}` : ""}${given.nameOnly ? "" : yield* typed(entry)}${end}`);
        return 0;
      }
      case "getColor": {
        count(1, 2);
        const set = (yield* readEntries()).findLast((entry) => entry.key === first.toLowerCase());
        git.put(colorSequence(set?.value ?? second ?? ""));
        return 0;
      }
      case "set": case "replace": case "replaceAll": case "add": {
        if (action === "add") count(2, 2);
        if (action === "replaceAll") count(2, 3);
        const key = canonicalKey(first);
        const value = yield* typed({ key, value: second ?? "" });
        const { path, content } = yield* target();
        const matches = valueMatcher(args[2]);
        const same = parsedOrDie(content, path).filter((entry) => entry.key === key && matches(entry.value ?? ""));
        if ((action === "set" || action === "replace") && same.length > 1) {
          yield* git.warning(`${key} has multiple values`);
          if (action === "set") {
            yield* git.err(`error: cannot overwrite multiple values with a single value\n       Use a regexp, --add or --replace-all to change ${first}.\n`);
          } else yield* git.err(`error: cannot overwrite multiple values with a single value\n       Use a regexp, --add or --replace-all to change ${first}.\n`);
          return 5;
        }
        yield* save(path, withValue(content, first, value, { add: action === "add" || (args.length === 3 && same.length === 0), ...(same.length > 0 && { replace: same }) }));
        return 0;
      }
      case "unset": case "unsetAll": {
        count(1, 2);
        const key = canonicalKey(first);
        const { path, content } = yield* target();
        const matches = valueMatcher(second);
        const same = parsedOrDie(content, path).filter((entry) => entry.key === key && matches(entry.value ?? ""));
        if (same.length === 0) return 5;
        if (action === "unset" && same.length > 1) {
          yield* git.warning(`${key} has multiple values`);
          return 5;
        }
        yield* save(path, withoutEntries(content, same));
        return 0;
      }
      case "renameSection": case "removeSection": {
        count(action === "renameSection" ? 2 : 1, action === "renameSection" ? 2 : 1);
        const { path, content } = yield* target();
        if (second !== undefined && !/^[-A-Za-z0-9]+(\..*)?$/.test(second)) throw new Die(`invalid section name: ${second}`);
        const changed = withSectionRenamed(content, first, second);
        if (changed === undefined) throw new Die(`no such section: ${first}`);
        yield* save(path, changed);
        return 0;
      }
      case "edit": {
        count(0, 0);
        const path = file?.path ?? (git.maybeRepository ? `${git.repository.gitDir}/config` : undefined);
        if (path === undefined) throw new Die("not in a git directory");
        if (given.global && !exists(sys, path)) {
          const user = (yield* git.accounts()).userById(sys.getcred().ruid);
          yield* writeFile(sys, path, `# This is Git's per-user configuration file.\n[user]\n# Please adapt and uncomment the following lines:\n#\tname = ${user?.name ?? ""}\n#\temail = ${user?.name ?? ""}@${sys.uname().nodename}\n`);
        }
        return (yield* launchEditor(git, path)) ? 0 : 1;
      }
    }
  },
});
