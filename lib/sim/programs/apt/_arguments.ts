// The command lines of apt and apt-get.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import { runShell } from "../kit/shell-command.ts";
import { Configuration, ConfigurationError, readConfiguration } from "./_configuration.ts";
import { changelog, source } from "./_archive-texts.ts";
import { check, clean, download, install, remove, upgrade } from "./_commands.ts";
import type { AptOptions } from "./_options.ts";
import { PackageLists } from "./_lists.ts";
import { depends, list, policy, search, show } from "./_queries.ts";
import { isTerminal, problem, say } from "./_say.ts";
import { update } from "./_update.ts";
import { aptVersion } from "./_version.ts";

export interface Parsed {
  readonly options: AptOptions;
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** a message without "E: " */
  readonly fault: string | undefined;
}

const known = new Set(`-y --yes --assume-yes --assume-no -s --simulate --dry-run --just-print --recon --no-act -q --quiet -qq --no-install-recommends --install-recommends --install-suggests --no-install-suggests --reinstall --purge -d
 --download-only --installed --upgradable --upgradeable --manual-installed -a --all-versions -f --fix-broken -m --fix-missing --ignore-missing --allow-downgrades --only-upgrade --names-only -n --no-show-upgraded -u --show-upgraded -V
 --verbose-versions -v --verbose --auto-remove --autoremove --no-upgrade --force-yes --allow-unauthenticated --allow-insecure-repositories --allow-change-held-packages --allow-remove-essential --no-generate --full -h --help --version --print-uris
 --no-download --ignore-hold --trivial-only --no-remove --no-recommends --recurse --installed --important --no-pre-depends --no-depends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances -i --no-all-versions --allow-releaseinfo-change --error-on=any --build --compile -b --no-auto-remove --file -F`.split(/\s+/));
const takesValue = new Map([["-o", "-o"], ["--option", "-o"], ["-t", "-t"], ["--target-release", "-t"], ["--default-release", "-t"], ["-c", "-c"], ["--config-file", "-c"], ["-a", "-a"], ["--host-architecture", "-a"]]);

/** Reads the words and the configuration. `binary` is what apt.conf's Binary:: knows the program by. */
export function* parse(sys: Sys, words: readonly string[], binary: string): Blocking<Parsed> {
  const friendly = binary === "apt";
  const flags = new Set<string>();
  const operands: string[] = [];
  const settings: string[] = [];
  const files: string[] = [];
  let release: string | undefined;
  let fault: string | undefined;
  let quiet = isTerminal(sys, 1) ? 0 : 1;
  let asked = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, long = "", value] = /^(--[a-z-]+)=(.*)$/.exec(word) ?? [];
    const short = /^-([otc])(.+)$/.exec(word);
    const option = takesValue.get(word) ?? takesValue.get(long) ?? (short ? `-${short[1] ?? ""}` : undefined);
    if (option === "-a" || option === undefined) {
      if (word === "--") {
        operands.push(...words.slice(index + 1));
        break;
      }
      if (/^-q=\D/.test(word)) fault ??= `Option ${word} requires an integer argument, not '${word.slice(3)}'`;
      else if (/^-q+$/.test(word)) asked += word.length - 1;
      else if (/^-q=\d+$|^--quiet=\d+$/.test(word)) asked = Number(word.slice(word.indexOf("=") + 1));
      else if (word === "--quiet") asked++;
      else if (/^-[a-zA-Z]{2,}$/.test(word)) {
        for (const letter of word.slice(1)) {
          if (letter === "q") asked++;
          else if (known.has(`-${letter}`)) flags.add(`-${letter}`);
          else fault ??= `Command line option '${letter}' [from ${word}] is not understood in combination with the other options.`;
        }
      } else if (word.startsWith("-") && word !== "-") {
        flags.add(word);
        if (!known.has(word)) fault ??= word.startsWith("--") ? `Command line option ${word} is not understood in combination with the other options` : `Command line option '${word.charAt(1)}' [from ${word}] is not understood in combination with the other options.`;
      } else operands.push(word);
      continue;
    }
    const given = short?.[2]?.replace(/^=/, "") ?? value ?? words[++index];
    if (given === undefined) fault ??= `Option ${word} requires an argument.`;
    else if (option === "-o") settings.push(given);
    else if (option === "-t") release = given;
    else files.push(given);
  }
  quiet = Math.max(quiet, asked);
  const has = (...names: readonly string[]) => names.some((name) => flags.has(name));
  const configuration = new Configuration();
  try {
    yield* readConfiguration(sys, configuration, binary);
    for (const file of files) configuration.parse(yield* readFile(sys, file), file);
    for (const setting of settings) {
      if (!setting.includes("=")) throw new ConfigurationError(`Option ${setting}: Configuration item specification must have an =<val>.`);
      configuration.set(setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1));
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    fault ??= error.message;
  }
  const [command] = operands;
  return {
    options: {
      configuration, yes: has("-y", "--yes", "--assume-yes", "--force-yes") || configuration.flag("APT::Get::Assume-Yes", false), no: has("--assume-no"), simulate: has("-s", "--simulate", "--dry-run", "--just-print", "--recon", "--no-act") || configuration.flag("APT::Get::Simulate", false), quiet,
      recommends: has("--install-recommends") || (!has("--no-install-recommends") && configuration.flag("APT::Install-Recommends", true)), reinstall: has("--reinstall") || command === "reinstall", purge: has("--purge") || command === "purge" || command === "autopurge",
      downloadOnly: has("-d", "--download-only"), fixBroken: has("-f", "--fix-broken"), onlyUpgrade: has("--only-upgrade"), noUpgrade: has("--no-upgrade"), autoRemove: has("--auto-remove", "--autoremove") || ["autoremove", "auto-remove", "autopurge"].includes(command ?? ""),
      printUris: has("--print-uris"), showVersions: has("-V", "--verbose-versions") || configuration.flag("APT::Get::Show-Versions", false), allVersions: has("-a", "--all-versions"), changeHeld: has("--allow-change-held-packages", "--force-yes", "--ignore-hold"), downgrades: has("--allow-downgrades", "--force-yes"),
      removeEssential: has("--allow-remove-essential", "--force-yes"), unauthenticated: has("--allow-unauthenticated"), insecureRepositories: has("--allow-insecure-repositories") || configuration.flag("Acquire::AllowInsecureRepositories", false), release: release ?? configuration.get("APT::Default-Release"), friendly,
    },
    command, words: operands.slice(1), flags, fault,
  };
}

const MOO = `                 (__) 
                 (oo) 
           /------\\/ 
          / |    ||   
         *  /\\---/\\ 
            ~~   ~~   
..."Have you mooed today?"...
`;

export function* runApt(sys: Sys, argv: readonly string[], parsed: Parsed, usage: string): Blocking<number> {
  const { options, command, words, flags } = parsed;
  if (parsed.fault !== undefined) {
    yield* problem(sys, options.friendly, parsed.fault);
    return 100;
  }
  const version = yield* aptVersion(sys);
  if (flags.has("--version") || (flags.has("-v") && command === undefined)) {
    yield* say(sys, `apt ${version} (amd64)\n`);
    return 0;
  }
  if (command === undefined || command === "help" || flags.has("--help") || flags.has("-h")) {
    yield* say(sys, usage.replace("apt 2.6.1", `apt ${version}`));
    return command === undefined && !flags.has("--help") && !flags.has("-h") ? 1 : 0;
  }
  const line = [...argv].join(" ");
  switch (command) {
    case "update":
      if (words.length > 0) {
        yield* problem(sys, options.friendly, "The update command takes no arguments");
        return 100;
      }
      return yield* update(sys, options);
    case "install":
    case "reinstall":
      return yield* install(sys, options, words, line);
    case "remove":
    case "purge":
    case "autoremove":
    case "auto-remove":
    case "autopurge":
      return yield* remove(sys, options, words, line);
    case "upgrade":
      return yield* upgrade(sys, options, false, line, words);
    case "dist-upgrade":
    case "full-upgrade":
      return yield* upgrade(sys, options, true, line, words);
    case "clean":
    case "distclean":
      return yield* clean(sys, options, false);
    case "autoclean":
    case "auto-clean":
      return yield* clean(sys, options, true);
    case "download":
      if (words.length === 0) {
        yield* problem(sys, options.friendly, "Handler silently failed");
        return 100;
      }
      return yield* download(sys, options, words);
    case "source":
    case "build-dep":
      return yield* source(sys, options, command, words);
    case "changelog":
      if (words.length === 0) {
        yield* problem(sys, options.friendly, "No packages found");
        return 100;
      }
      return yield* changelog(sys, options, words);
    case "check":
      return yield* check(sys, options);
    case "moo":
      yield* say(sys, MOO);
      return 0;
    default:
      break;
  }
  if (options.friendly) {
    const lists = yield* PackageLists.read(sys, options.release);
    switch (command) {
      case "search":
        return yield* search(sys, options, lists, words, flags.has("--names-only") || flags.has("-n"), flags.has("--full"));
      case "show":
        return yield* show(sys, options, lists, words);
      case "list":
        return yield* list(sys, options, lists, words, { installed: flags.has("--installed"), upgradable: flags.has("--upgradable") || flags.has("--upgradeable"), manual: flags.has("--manual-installed"), verbose: flags.has("-v") || flags.has("--verbose") });
      case "policy":
        return yield* policy(sys, lists, words);
      case "depends":
      case "rdepends":
        return yield* depends(sys, lists, words, command === "rdepends", flags, true);
      case "showsrc":
        yield* problem(sys, true, "You must put some 'deb-src' URIs in your sources.list");
        return 100;
      case "edit-sources":
        return yield* editSources(sys, words[0]);
      default:
        break;
    }
  }
  yield* problem(sys, options.friendly, `Invalid operation ${command}`);
  return 100;
}

function* editSources(sys: Sys, name: string | undefined): Blocking<number> {
  const file = name === undefined ? "/etc/apt/sources.list" : `/etc/apt/sources.list.d/${name.replace(/\.list$/, "")}.list`;
  const status = yield* runShell(sys, `\${VISUAL:-\${EDITOR:-sensible-editor}} ${file}`);
  if (status.kind !== "exited" || status.status !== 0) return 100;
  yield* say(sys, `Your '${file}' file changed, please run 'apt-get update'.\n`);
  return 0;
}
