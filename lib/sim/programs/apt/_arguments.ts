// The command lines of apt and apt-get.

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { type AptOptions, clean, download, install, problem, remove, update, upgrade } from "./_commands.ts";
import { say } from "./_download.ts";
import { list, policy, depends, search, show } from "./_queries.ts";

export interface Parsed {
  readonly options: AptOptions;
  readonly command: string | undefined;
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly unknown: string | undefined;
}

const known = new Set(["-y", "--yes", "--assume-yes", "-s", "--simulate", "--dry-run", "--just-print", "--no-act", "-q", "--quiet", "-qq", "--no-install-recommends", "--install-recommends", "--reinstall", "--purge", "-d", "--download-only", "--installed", "--upgradable", "--upgradeable", "-a", "--all-versions", "-f", "--fix-broken", "--fix-missing", "--allow-downgrades", "--only-upgrade", "--names-only", "-n", "--no-show-upgraded", "-V", "--verbose-versions", "--auto-remove", "--autoremove", "--no-upgrade", "--force-yes", "--allow-unauthenticated", "--allow-change-held-packages", "--allow-remove-essential", "--no-generate"]);

export function parse(words: readonly string[], friendly: boolean): Parsed {
  const flags = new Set<string>();
  const operands: string[] = [];
  let unknown: string | undefined;
  let quiet = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "-o" || word === "--option" || word === "-t" || word === "-c") index++;
    else if (/^-q+$/.test(word)) quiet += word.length - 1;
    else if (/^-[a-zA-Z]{2,}$/.test(word) && [...word.slice(1)].every((letter) => known.has(`-${letter}`))) for (const letter of word.slice(1)) letter === "q" ? quiet++ : flags.add(`-${letter}`);
    else if (/^(-o|-t|--option=|--target-release=)./.test(word)) continue;
    else if (word.startsWith("-") && word !== "-") {
      flags.add(word);
      if (!known.has(word)) unknown ??= word;
    } else operands.push(word);
  }
  const has = (...names: readonly string[]) => names.some((name) => flags.has(name));
  return {
    options: { yes: has("-y", "--yes", "--assume-yes") || quiet >= 2, simulate: has("-s", "--simulate", "--dry-run", "--just-print", "--no-act"), quiet, recommends: !has("--no-install-recommends"), reinstall: has("--reinstall"), purge: has("--purge"), downloadOnly: has("-d", "--download-only"), changeHeld: has("--allow-change-held-packages", "--force-yes"), friendly },
    command: operands[0], words: operands.slice(1), flags, unknown,
  };
}

export function* runApt(sys: Sys, parsed: Parsed, usage: string): Blocking<number> {
  const { options, command, words, flags } = parsed;
  if (parsed.unknown !== undefined && !["--help", "-h", "--version", "-v"].includes(parsed.unknown)) {
    const word = parsed.unknown;
    yield* problem(sys, options.friendly, word.startsWith("--") ? `Command line option ${word} is not understood in combination with the other options` : `Command line option '${word.charAt(1)}' [from ${word}] is not understood in combination with the other options.`);
    return 100;
  }
  if (flags.has("--version") || flags.has("-v")) {
    yield* say(sys, "apt 2.6.1 (amd64)\n");
    return 0;
  }
  if (command === undefined || command === "help" || flags.has("--help") || flags.has("-h")) {
    yield* say(sys, usage);
    return command === undefined && !flags.has("--help") && !flags.has("-h") ? 1 : 0;
  }
  switch (command) {
    case "update":
      return yield* update(sys, options);
    case "install":
      return yield* install(sys, options, words);
    case "reinstall":
      return yield* install(sys, { ...options, reinstall: true }, words);
    case "remove":
      return yield* remove(sys, options, words, flags.has("--auto-remove") || flags.has("--autoremove"));
    case "purge":
      return yield* remove(sys, { ...options, purge: true }, words, false);
    case "autoremove":
    case "auto-remove":
      return yield* remove(sys, options, words, true);
    case "upgrade":
    case "dist-upgrade":
    case "full-upgrade":
      return yield* upgrade(sys, options);
    case "clean":
    case "autoclean":
    case "auto-clean":
      return yield* clean(sys, options);
    case "download":
      return yield* download(sys, options, words);
    case "source":
    case "build-dep":
      yield* say(sys, "Reading package lists... Done\n");
      yield* problem(sys, options.friendly, words.length === 0 ? (command === "source" ? "Must specify at least one package to fetch source for" : "Must specify at least one package to check builddeps for") : "You must put some 'deb-src' URIs in your sources.list");
      return 100;
    case "check":
      yield* say(sys, "Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n");
      return 0;
    case "search":
      if (options.friendly) return yield* search(sys, words, true, flags.has("--names-only") || flags.has("-n"));
      break;
    case "show":
      if (options.friendly) return yield* show(sys, words, true);
      break;
    case "list":
      if (options.friendly) return yield* list(sys, words, flags.has("--installed") ? "installed" : flags.has("--upgradable") || flags.has("--upgradeable") ? "upgradable" : "all");
      break;
    case "policy":
      if (options.friendly) return yield* policy(sys, words);
      break;
    case "depends":
    case "rdepends":
      if (options.friendly) return yield* depends(sys, words, command === "rdepends");
      break;
    default:
      break;
  }
  yield* problem(sys, options.friendly, `Invalid operation ${command}`);
  return 100;
}
