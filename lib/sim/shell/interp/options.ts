// The options of `set` and `shopt` (bash(1), SHELL BUILTIN COMMANDS): names, letters, defaults.

/** In the order of `set -o`; letter where there is one. */
export const SET_OPTIONS = [
  ["allexport", "a"], ["braceexpand", "B"], ["emacs", ""], ["errexit", "e"], ["errtrace", "E"], ["functrace", "T"], ["hashall", "h"],
  ["histexpand", "H"], ["history", ""], ["ignoreeof", ""], ["interactive-comments", ""], ["keyword", "k"], ["monitor", "m"], ["noclobber", "C"],
  ["noexec", "n"], ["noglob", "f"], ["nolog", ""], ["notify", "b"], ["nounset", "u"], ["onecmd", "t"], ["physical", "P"], ["pipefail", ""],
  ["posix", ""], ["privileged", "p"], ["verbose", "v"], ["vi", ""], ["xtrace", "x"],
] as const;

export type SetOption = (typeof SET_OPTIONS)[number][0];

export const SHOPT_DEFAULTS = {
  assoc_expand_once: false, autocd: false, cdable_vars: false, cdspell: false, checkhash: false, checkjobs: false, checkwinsize: true,
  cmdhist: true, compat31: false, compat32: false, compat40: false, compat41: false, compat42: false, compat43: false, compat44: false,
  complete_fullquote: true, direxpand: false, dirspell: false, dotglob: false, execfail: false, expand_aliases: false, extdebug: false,
  extglob: false, extquote: true, failglob: false, force_fignore: true, globasciiranges: true, globskipdots: true, globstar: false,
  gnu_errfmt: false, histappend: false, histreedit: false, histverify: false, hostcomplete: true, huponexit: false,
  inherit_errexit: false, interactive_comments: true, lastpipe: false, lithist: false, localvar_inherit: false, localvar_unset: false,
  login_shell: false, mailwarn: false, no_empty_cmd_completion: false, nocaseglob: false, nocasematch: false, noexpand_translation: false,
  nullglob: false, patsub_replacement: true, progcomp: true, progcomp_alias: false, promptvars: true, restricted_shell: false,
  shift_verbose: false, sourcepath: true, varredir_close: false, xpg_echo: false,
};

export type Shopt = keyof typeof SHOPT_DEFAULTS;

/** In the order of `shopt` (shopt.def), which is not quite the alphabet's. */
export const SHOPT_NAMES = (Object.keys(SHOPT_DEFAULTS) as Shopt[]).sort((a, b) => (shoptKey(a) < shoptKey(b) ? -1 : 1));

function shoptKey(name: Shopt): string {
  return name === "autocd" ? "" : name;
}

const setNames: ReadonlySet<string> = new Set(SET_OPTIONS.map(([name]) => name));
const shoptNames: ReadonlySet<string> = new Set(SHOPT_NAMES);
const byLetter = new Map<string, SetOption>();
for (const [name, letter] of SET_OPTIONS) if (letter !== "") byLetter.set(letter, name);

export function isSetOption(name: string): name is SetOption {
  return setNames.has(name);
}

export function isShopt(name: string): name is Shopt {
  return shoptNames.has(name);
}

export function setOptionOfLetter(letter: string): SetOption | undefined {
  return byLetter.get(letter);
}

export type SetOptions = Record<SetOption, boolean>;
export type Shopts = Record<Shopt, boolean>;

export function defaultSetOptions(): SetOptions {
  return {
    allexport: false, braceexpand: true, emacs: false, errexit: false, errtrace: false, functrace: false, hashall: true, histexpand: false,
    history: false, ignoreeof: false, "interactive-comments": true, keyword: false, monitor: false, noclobber: false, noexec: false, noglob: false,
    nolog: false, notify: false, nounset: false, onecmd: false, physical: false, pipefail: false, posix: false, privileged: false, verbose: false,
    vi: false, xtrace: false,
  };
}

/** The letters of `$-`, in bash's order (flags.c), then i, c, s. */
export function flagLetters(options: SetOptions, invocation: { readonly interactive: boolean; readonly command: boolean; readonly stdin: boolean; readonly restricted: boolean }): string {
  const order: readonly [SetOption, string][] = [
    ["allexport", "a"], ["notify", "b"], ["errexit", "e"], ["noglob", "f"], ["hashall", "h"], ["keyword", "k"], ["monitor", "m"], ["noexec", "n"],
    ["privileged", "p"], ["onecmd", "t"], ["nounset", "u"], ["verbose", "v"], ["xtrace", "x"], ["braceexpand", "B"], ["noclobber", "C"],
    ["errtrace", "E"], ["histexpand", "H"], ["physical", "P"], ["functrace", "T"],
  ];
  let out = "";
  for (const [name, letter] of order) {
    if (name === "monitor" && invocation.interactive) out += "i";
    if (options[name]) out += letter;
    if (name === "privileged" && invocation.restricted) out += "r";
  }
  if (invocation.interactive && !out.includes("i")) out += "i";
  if (invocation.command) out += "c";
  if (invocation.stdin) out += "s";
  return out;
}
