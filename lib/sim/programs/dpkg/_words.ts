// The words of dpkg's command line that say how rather than what, also in /etc/dpkg/dpkg.cfg.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readFile } from "../kit/debian/dpkg-database.ts";
import type { Force } from "./_run.ts";

/** name, mark, what it does: as --force-help lists them */
export const forces: readonly (readonly [Force | "all", "!" | "*" | " ", string])[] = [
  ["all", "!", "every one of these"], ["security-mac", "*", "mandatory access control when there is one"], ["downgrade", "*", "an older version in place of a newer one"], ["configure-any", " ", "configure whatever may help"], ["hold", " ", "also packages on hold"],
  ["not-root", " ", "try without being root"], ["bad-path", " ", "even when PATH lacks programs"], ["bad-verify", " ", "even when its signature is wrong"], ["bad-version", " ", "even with a wrong version number"], ["statoverride-add", " ", "an override in place of another"],
  ["statoverride-remove", " ", "no matter whether the override is there"], ["overwrite", " ", "a file of another package"], ["overwrite-diverted", " ", "a diverted file"], ["overwrite-dir", "!", "a directory of another package"], ["unsafe-io", "!", "do not wait for the disk"],
  ["script-chrootless", "!", "no chroot for maintainer scripts"], ["confnew", "!", "the package's version of configuration files"], ["confold", "!", "the installed version of configuration files"], ["confdef", "!", "the default answer where there is one"],
  ["confmiss", "!", "put missing configuration files back"], ["confask", "!", "ask even when the package has nothing new"], ["architecture", "!", "packages of another architecture"], ["breaks", "!", "even when it breaks another package"], ["conflicts", "!", "even when it conflicts"],
  ["depends", "!", "dependency problems are warnings"], ["depends-version", "!", "versions of dependencies are warnings"], ["remove-reinstreq", "!", "remove what must be reinstalled"], ["remove-protected", "!", "remove a protected package"], ["remove-essential", "!", "remove an essential package"],
];

const isForce = (name: string): name is Force => name !== "all" && forces.some(([one]) => one === name);

export interface Words {
  /** options that name an action, as written */
  readonly actions: readonly string[];
  readonly operands: readonly string[];
  readonly forced: Set<Force>;
  readonly simulate: boolean;
  readonly triggers: boolean;
  readonly pending: boolean;
  readonly recursive: boolean;
  readonly log: string | undefined;
  readonly root: string | undefined;
  /** the first mistake among the options */
  readonly wrong: string | undefined;
}

/** What no force is called; undefined when all are known. */
function settle(list: string, on: boolean, forced: Set<Force>): string | undefined {
  for (const name of list.split(",")) {
    if (name === "all") for (const [one] of forces) {
      if (one !== "all") on ? forced.add(one) : forced.delete(one);
    } else if (isForce(name)) on ? forced.add(name) : forced.delete(name);
    else return name;
  }
  return undefined;
}

/** Options that take a value, behind = or as the next word. */
const VALUED = /^--(?:admindir|instdir|root|log|path-(?:include|exclude)|ignore-depends|abort-after|status-fd|status-logger|verify-format|pre-invoke|post-invoke|debug)$/;
const NUMBERS = /^--(?:abort-after|status-fd)$/;

function wrongValue(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value === "") return `${name} option takes a value`;
  if (NUMBERS.test(name) && !/^\d+$/.test(value)) return `invalid integer for ${name}: '${value}'`;
  if (name === "--verify-format" && value !== "rpm") return `unknown verify output format '${value}'`;
  return name === "--debug" && !/^[0-7]+$/.test(value) ? "--debug requires a positive octal argument" : undefined;
}

const IGNORED = /^--(?:no-debsig|no-pager|auto-deconfigure|selected-only|skip-same-version|refuse-downgrade|robot)/;

export function* readWords(sys: Sys, argv: readonly string[]): Blocking<Words> {
  const forced = new Set<Force>(["security-mac", "downgrade"]);
  const actions: string[] = [];
  const operands: string[] = [];
  let simulate = false;
  let triggers = true;
  let pending = false;
  let recursive = false;
  let log: string | undefined;
  let root: string | undefined;
  let wrong: string | undefined;
  let files = ["/etc/dpkg/dpkg.cfg"];
  try {
    files = [...sys.readdir("/etc/dpkg/dpkg.cfg.d").map(({ name }) => `/etc/dpkg/dpkg.cfg.d/${name}`).sort(), ...files];
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const settings: string[] = [];
  for (const file of files) for (const line of (yield* readFile(sys, file)).split("\n")) if (/^\s*[a-z]/.test(line)) settings.push(`--${line.trim().replace(/\s+/, "=")}`);
  const words = [...settings, ...argv];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const force = /^--(force|no-force|refuse)-(.+)$/.exec(word);
    if (VALUED.test(word) || (VALUED.test(word.replace(/=.*/s, "")) && word.includes("="))) {
      const name = word.replace(/=.*/s, "");
      const value = word.includes("=") ? word.slice(name.length + 1) : words[++at];
      wrong ??= name === "--debug" && /^h(?:elp)?$/.test(value ?? "") ? undefined : wrongValue(name, value);
      if (name === "--debug" && /^h(?:elp)?$/.test(value ?? "")) actions.push("-Dhelp");
      if (name === "--log") log = value;
      if (name === "--root" || ((name === "--admindir" || name === "--instdir") && value !== "/var/lib/dpkg" && value !== "/")) root = `${name} ${value ?? ""}`;
    } else if (force && force[2] !== "help") {
      const unknown = settle(force[2] ?? "", force[1] === "force", forced);
      if (unknown !== undefined) wrong ??= `unknown force/refuse option '${unknown}'`;
    }
    else if (word === "--no-act" || word === "--simulate" || word === "--dry-run") simulate = true;
    else if (word === "--no-triggers") triggers = false;
    else if (word === "--triggers") triggers = true;
    else if (word === "-a" || word === "--pending") pending = true;
    else if (word === "-R" || word === "--recursive") recursive = true;
    else if (IGNORED.test(word) || /^-D[0-7]+$|^-[BEGO]$/.test(word)) continue;
    else if (/^-D/.test(word)) {
      const level = word.slice(2) || words[++at] || "";
      if (/^h(?:elp)?$/.test(level)) actions.push("-Dhelp");
      else if (!/^[0-7]+$/.test(level)) wrong ??= "--debug requires a positive octal argument";
    }
    else if (word.startsWith("-") && word !== "-") actions.push(word);
    else operands.push(word);
  }
  return { actions, operands, forced, simulate, triggers, pending, recursive, log, root, wrong };
}
