// What every git command works with: the process, its output, the configuration, the repository, who it is.
// (More than 400 lines would be too many: pager, editor and hooks are in files of their own.)
import { type Blocking, type Sys, SysError, encode } from "../../../kernel/sys.ts";
import { Accounts, readTextFile } from "../../kit/accounts.ts";
import { Output } from "../../kit/output.ts";
import { messageLanguage, translated } from "../../kit/messages/translate.ts";
import type { Signature } from "../store/commit-object.ts";
import { Config } from "../store/config.ts";
import { Die, Quit } from "./die.ts";
import { Calendar, type GitDate } from "./git-date.ts";
import { type Place, Repository, findRepository } from "./repository.ts";

export type IdentKind = "author" | "committer";

const TELL_ME = `
*** Please tell me who you are.

Run

  git config --global user.email "you@example.com"
  git config --global user.name "Your Name"

to set your account's default identity.
Omit --global to set the identity only in this repository.

`;

const COLORS: ReadonlyMap<string, number> = new Map(["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"].map((name, i) => [name, i]));
const ATTRIBUTES: ReadonlyMap<string, number> = new Map([["bold", 1], ["dim", 2], ["italic", 3], ["ul", 4], ["blink", 5], ["reverse", 7], ["strike", 9]]);

/** "bold red" → an escape sequence (git-config(1), color). */
export function colorSequence(text: string): string {
  const codes: number[] = [];
  let colors = 0;
  for (const word of text.toLowerCase().split(/\s+/)) {
    const bright = word.startsWith("bright");
    const color = COLORS.get(bright ? word.slice(6) : word);
    const attribute = ATTRIBUTES.get(word);
    if (word === "reset") return "\x1b[m";
    if (color !== undefined) codes.push((colors++ === 0 ? (bright ? 90 : 30) : bright ? 100 : 40) + color);
    else if (/^\d+$/.test(word)) codes.push(colors++ === 0 ? 38 : 48, 5, Number(word));
    else if (attribute !== undefined) codes.unshift(attribute);
    else if (word === "default") codes.push(colors++ === 0 ? 39 : 49);
    else if (word === "normal") colors++;
  }
  return codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
}

export class Git {
  readonly sys: Sys;
  readonly out: Output;
  readonly calendar: Calendar;
  readonly config: Config;
  /** the words before the subcommand that were for git itself */
  paginate: boolean | undefined;
  /** The subcommand as typed. */
  command = "";
  pagerPid: number | undefined;
  /** stdout was a terminal before a pager took its place */
  pagerInUse = false;
  #repository: Repository | undefined;
  #prefix = "";
  #accounts: Accounts | undefined;

  constructor(sys: Sys) {
    this.sys = sys;
    this.out = new Output(sys, 1);
    this.calendar = new Calendar(sys);
    this.config = new Config(sys);
    this.pagerInUse = sys.environment.get("GIT_PAGER_IN_USE") === "true";
  }

  // ---- output -------------------------------------------------------------------------------------------------------------

  put(text: string): void {
    this.out.put(text);
  }

  /** A message for people: in their language. */
  say(text: string): void {
    this.out.put(this.inLanguage(text));
  }

  /** The text in the language of the environment; the lines of a hint are one message. */
  inLanguage(text: string): string {
    if (messageLanguage(this.sys) === undefined) return text;
    if (!text.includes("hint: ")) return translated(this.sys, "git", text);
    return text.replace(/(?:^hint:.*\n)+|(?:^(?!hint:).*\n?)+/gm, (run) => (run.startsWith("hint:")
      ? translated(this.sys, "git", run.replace(/^hint: ?/gm, "")).replace(/^(?=.*\n)/gm, "astuce: ")
      : translated(this.sys, "git", run)));
  }

  *flushIfFull(): Blocking<void> {
    if (this.out.full) yield* this.out.flush();
  }

  /** Whole lines on standard error. */
  *err(text: string): Blocking<void> {
    yield* this.out.flush();
    try {
      yield* this.sys.write(2, encode(this.inLanguage(text)));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
  }

  *warning(text: string): Blocking<void> {
    yield* this.err(text.split("\n").map((line) => `warning: ${line}\n`).join(""));
  }

  *error(text: string): Blocking<void> {
    yield* this.err(text.split("\n").map((line, i) => `${i === 0 ? "error: " : ""}${line}\n`).join(""));
  }

  /** "hint: " lines, unless advice.NAME says no. */
  *advice(name: string, text: string): Blocking<void> {
    if (!this.advised(name)) return;
    const [color, reset] = this.#stderrColor("hint", "yellow");
    const hint = this.inLanguage(text.split("\n").map((line) => `hint: ${line}\n`).join(""));
    yield* this.err(color === "" ? hint : hint.replace(/^(.*)\n/gm, (_, line: string) => `${color}${line}${reset}\n`));
  }

  advised(name: string): boolean {
    return this.config.boolean(`advice.${name.toLowerCase()}`, true);
  }

  #stderrColor(slot: string, otherwise: string): readonly [string, string] {
    const wanted = this.config.get("color.advice") ?? this.config.get("color.ui") ?? "auto";
    const on = wanted === "always" || (wanted !== "never" && wanted !== "false" && this.sys.isatty(2) && this.#colourTerminal);
    return on ? [colorSequence(this.config.get(`color.advice.${slot}`) ?? otherwise), "\x1b[m"] : ["", ""];
  }

  get #colourTerminal(): boolean {
    const term = this.sys.environment.get("TERM");
    return term !== undefined && term !== "dumb";
  }

  /** Whether color.SLOT (or color.ui) wants colours on standard output; `option` is --color's argument. */
  colors(slot: string, option?: string | boolean): boolean {
    const wanted = typeof option === "string" ? option : option === true ? "always" : option === false ? "never" : (this.config.get(`color.${slot}`) ?? this.config.get("color.ui") ?? "auto");
    if (wanted === "always") return true;
    if (wanted === "never" || wanted === "false" || wanted === "no" || wanted === "off") return false;
    return (this.sys.isatty(1) || this.pagerInUse) && this.#colourTerminal;
  }

  /** The sequence of color.SLOT.NAME. */
  colorOf(slot: string, name: string, otherwise: string): string {
    return colorSequence(this.config.get(`color.${slot}.${name.toLowerCase()}`) ?? otherwise);
  }

  get columns(): number {
    const given = Number(this.sys.environment.get("COLUMNS"));
    if (Number.isInteger(given) && given > 0) return given;
    try {
      return this.sys.getWindowSize(1).cols || 80;
    } catch (error) {
      if (error instanceof SysError) return 80;
      throw error;
    }
  }

  // ---- repository ---------------------------------------------------------------------------------------------------------

  /** Finds it and goes to the top of its work tree, as git does. */
  *discover(): Blocking<boolean> {
    if (this.#repository) return true;
    const place = yield* findRepository(this.sys);
    if (!place) {
      yield* this.config.load(undefined);
      return false;
    }
    yield* this.enter(place);
    return true;
  }

  *enter(place: Place): Blocking<void> {
    yield* this.config.load(place.gitDir, place.shownGitDir);
    const version = this.config.integer("core.repositoryformatversion", 0);
    if (version > 1) throw new Die(`Expected git repo version <= 1, found ${version}`);
    const chosen = this.sys.environment.get("GIT_WORK_TREE") === undefined ? this.config.path("core.worktree") : undefined;
    const workTree = this.config.boolean("core.bare", false) && chosen === undefined ? (this.sys.environment.get("GIT_WORK_TREE") === undefined ? undefined : place.workTree) : place.workTree;
    const settled = { ...place, workTree };
    this.#prefix = workTree === undefined ? "" : place.prefix;
    this.#repository = new Repository(this.sys, settled, this.config, () => this.ident("committer", false));
    if (workTree !== undefined && !(`${this.sys.getcwd()}/`).startsWith(`${place.gitDir}/`)) this.sys.chdir(workTree);
  }

  get maybeRepository(): Repository | undefined {
    return this.#repository;
  }

  get repository(): Repository {
    if (!this.#repository) throw new Die("not a git repository (or any of the parent directories): .git");
    return this.#repository;
  }

  get objects(): Repository["objects"] {
    return this.repository.objects;
  }

  get refs(): Repository["refs"] {
    return this.repository.refs;
  }

  /** "" or "a/b/": where the user stands below the work tree. */
  get prefix(): string {
    return this.#prefix;
  }

  requireWorkTree(): void {
    if (this.repository.place.workTree === undefined) throw new Die("this operation must be run in a work tree");
    if (this.sys.getcwd() !== this.repository.place.workTree && (`${this.sys.getcwd()}/`).startsWith(`${this.repository.gitDir}/`)) throw new Die("this operation must be run in a work tree");
  }

  /** A file of the git directory as text, undefined where there is none. */
  *state(name: string): Blocking<string | undefined> {
    return yield* readTextFile(this.sys, `${this.repository.gitDir}/${name}`);
  }

  // ---- people -------------------------------------------------------------------------------------------------------------

  *accounts(): Blocking<Accounts> {
    this.#accounts ??= yield* Accounts.read(this.sys);
    return this.#accounts;
  }

  /** Whether name and mail were said by somebody, and not guessed. */
  *identIsExplicit(kind: IdentKind): Blocking<boolean> {
    const upper = kind.toUpperCase();
    const { environment } = this.sys;
    const named = environment.has(`GIT_${upper}_NAME`) || this.config.has(`${kind}.name`) || this.config.has("user.name");
    const mail = environment.has(`GIT_${upper}_EMAIL`) || this.config.has(`${kind}.email`) || this.config.has("user.email") || environment.has("EMAIL");
    return named && mail;
  }

  /** `strict`: a guessed mail address that cannot be right is refused. Throws Die. */
  *ident(kind: IdentKind, strict = true): Blocking<Signature> {
    const { environment } = this.sys;
    const upper = kind.toUpperCase();
    const date = environment.get(`GIT_${upper}_DATE`);
    let when: GitDate | undefined = yield* this.calendar.now();
    if (date !== undefined && date !== "") {
      when = yield* this.calendar.parse(date);
      if (!when) throw new Die(`invalid date format: ${date}`);
    }
    let email = environment.get(`GIT_${upper}_EMAIL`) ?? this.config.get(`${kind}.email`) ?? this.config.get("user.email") ?? environment.get("EMAIL");
    const user = (yield* this.accounts()).userById(this.sys.getcred().ruid);
    const unknown = function* (git: Git, text: string): Blocking<never> {
      yield* git.err(`${kind === "author" ? "Author" : "Committer"} identity unknown\n${TELL_ME}`);
      throw new Die(text);
    };
    if (email === undefined) {
      if (strict && this.config.boolean("user.useconfigonly", false)) yield* unknown(this, "no email was given and auto-detection is disabled");
      const domain = yield* this.#domain();
      email = `${user?.name ?? "unknown"}@${domain}`;
      if (strict && (domain.endsWith(".(none)") || !user)) yield* unknown(this, `unable to auto-detect email address (got '${email}')`);
    }
    let name = environment.get(`GIT_${upper}_NAME`) ?? this.config.get(`${kind}.name`) ?? this.config.get("user.name");
    if (name === undefined) {
      if (strict && this.config.boolean("user.useconfigonly", false)) yield* unknown(this, "no name was given and auto-detection is disabled");
      name = (user?.gecos.split(",")[0] ?? "").replaceAll("&", user?.name ?? "");
      if (name === "" && user) name = user.gecos === "" ? "" : user.name;
      if (strict && name === "") yield* unknown(this, `empty ident name (for <${email}>) not allowed`);
    }
    name = crudless(name);
    if (strict && name === "") {
      if (environment.get(`GIT_${upper}_NAME`) !== undefined || this.config.has("user.name")) throw new Die(`empty ident name (for <${email}>) not allowed`);
    }
    return { name, email: crudless(email), seconds: when.seconds, zone: when.zone };
  }

  *#domain(): Blocking<string> {
    const host = this.sys.uname().nodename;
    if (host.includes(".")) return host;
    for (const line of ((yield* readTextFile(this.sys, "/etc/hosts")) ?? "").split("\n")) {
      const [address, canonical, ...others] = line.replace(/#.*/, "").trim().split(/\s+/);
      if (address !== undefined && canonical?.includes(".") && (canonical === host || others.includes(host))) return canonical;
    }
    return `${host}.(none)`;
  }

  /** Not simulated: said plainly, and seen by authors. */
  *unsimulated(what: string, why: string): Blocking<never> {
    this.sys.observe({ kind: "unsimulated", command: `git ${this.command}`, detail: what });
    throw new Quit(128, `git ${this.command}: ${what} is not simulated: ${why}`);
  }
}

/** Without what cannot stand at the ends of a name, and without brackets. */
const crudless = (text: string): string => text.replace(/^[\s.,:;<>"\\']+|[\s.,:;<>"\\']+$/g, "").replace(/[<>\n]/g, "");
