// rsyslog.conf(5): directives, objects ("action(…)"), selectors, property filters, "if … then … else …" and blocks, as statements that choose messages.
// (More than 400 lines: one grammar, whose parts call each other.)
// The messages about mistakes are those of rsyslogd 8.2302.0, recorded with -N1.
import { FACILITIES } from "../../daemons/systemd/api/journal.ts";
import { compileRegex } from "../kit/regex/compile-regex.ts";
import type { Zone } from "../kit/zones.ts";
import { type Expression, holds, parseExpression, ScriptError } from "./_expression.ts";
import { propertyOf, SEVERITIES, type SyslogMessage } from "./_message.ts";
import { constantPart, propertyPart, TemplateError, type TemplatePart, Templates, textTemplate } from "./_template.ts";

export type SyslogAction =
  | { readonly kind: "file"; readonly path: string; readonly template: string }
  /** the path is a template's text */
  | { readonly kind: "dynamic-file"; readonly pathTemplate: string; readonly template: string }
  | { readonly kind: "udp" | "tcp"; readonly host: string; readonly port: number; readonly template: string }
  | { readonly kind: "users"; readonly names: readonly string[]; readonly template: string }
  | { readonly kind: "pipe"; readonly path: string; readonly template: string }
  | { readonly kind: "program"; readonly command: string; readonly template: string };

export type Statement =
  | { readonly kind: "action"; readonly action: SyslogAction }
  | { readonly kind: "stop" }
  | { readonly kind: "call"; readonly ruleset: string }
  | { readonly kind: "if"; readonly chooses: (message: SyslogMessage, zone: Zone) => boolean; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] };

export interface SyslogInput {
  readonly protocol: "udp" | "tcp";
  readonly port: number;
  readonly address: string;
  readonly ruleset: string | undefined;
}

export interface Problem {
  readonly text: string;
  /** where the parser knew the place */
  readonly place?: { readonly file: string; readonly line: number };
  /** the number behind "try https://www.rsyslog.com/e/" */
  readonly code?: number;
}

export interface FileOwnership {
  owner: string;
  group: string;
  mode: number;
}

export class SyslogConfiguration {
  readonly statements: Statement[] = [];
  readonly rulesets = new Map<string, Statement[]>();
  readonly inputs: SyslogInput[] = [];
  readonly modules = new Set<string>();
  readonly problems: Problem[] = [];
  readonly templates = new Templates();
  readonly files: FileOwnership = { owner: "root", group: "root", mode: 0o644 };
  fileTemplate = "RSYSLOG_FileFormat";
  /** nothing after the place where it happened was read */
  broken = false;
  /** rules with something to do */
  actions = 0;
}

/** "auth,authpriv.*;cron.none" as the chosen pairs; undefined when it is no selector. */
export function parseSelector(text: string): ((message: Pick<SyslogMessage, "facility" | "severity">) => boolean) | undefined {
  const chosen: (readonly boolean[])[] = Array.from({ length: 24 }, () => new Array<boolean>(8).fill(false));
  for (const part of text.split(";")) {
    const match = /^([a-z0-9*,]+)\.(!?)(=?)([a-z*]+)$/i.exec(part.trim());
    if (match === null) return undefined;
    const [, facilities = "", not, exact, word = ""] = match;
    const name = ALIASES.get(word.toLowerCase()) ?? word.toLowerCase();
    const severity = SEVERITIES.indexOf(name);
    if (severity < 0 && name !== "*" && name !== "none") return undefined;
    const hit = SEVERITIES.map((_, index) => name !== "none" && (name === "*" || (exact === "=" ? index === severity : index <= severity)));
    for (const facility of facilities.split(",")) {
      const numbers = facility === "*" ? [...chosen.keys()] : [FACILITIES.findIndex((one) => one === facility.toLowerCase())];
      for (const number of numbers) {
        if (number < 0) return undefined;
        chosen[number] = (chosen[number] ?? []).map((before, index) => (name === "none" ? false : not === "!" ? before && !(hit[index] ?? false) : before || (hit[index] ?? false)));
      }
    }
  }
  return (message) => chosen[message.facility]?.[message.severity] ?? false;
}

const ALIASES: ReadonlyMap<string, string> = new Map([["panic", "emerg"], ["error", "err"], ["warn", "warning"]]);

/** The first word of a selector that nobody knows: priorities are read before facilities. */
function selectorProblem(selector: string): string {
  for (const part of selector.split(";")) {
    const [facilities = "", priority = ""] = part.split(".");
    const word = priority.replace(/^!?=?/, "");
    if (parseSelector(`*.${word}`) === undefined) return `unknown priority name "${word}"`;
    const stranger = facilities.split(",").find((facility) => parseSelector(`${facility}.${word}`) === undefined);
    if (stranger !== undefined) return `unknown facility name "${stranger}"`;
  }
  return `unknown facility name "${selector}"`;
}

const COMPARISONS: ReadonlyMap<string, (value: string, wanted: string) => boolean> = new Map([
  ["contains", (value, wanted) => value.includes(wanted)], ["isequal", (value, wanted) => value === wanted], ["startswith", (value, wanted) => value.startsWith(wanted)], ["endswith", (value, wanted) => value.endsWith(wanted)],
  ["regex", (value, wanted) => compileRegex(wanted, { syntax: "bre" }).exec(value) !== undefined], ["ereregex", (value, wanted) => compileRegex(wanted, { syntax: "ere" }).exec(value) !== undefined], ["isempty", (value) => value === ""],
]);

/** Directives that need no module, and those of modules that Debian's files name. */
const DIRECTIVES = /^(?:ModLoad|IncludeConfig|Template|ActionFileDefaultTemplate|ActionForwardDefaultTemplate|FileOwner|FileGroup|FileCreateMode|DirOwner|DirGroup|DirCreateMode|CreateDirs|Umask|WorkDirectory|PrivDropToUser|PrivDropToGroup|RepeatedMsgReduction|EscapeControlCharactersOnReceive|MaxMessageSize|LocalHostName|PreserveFQDN|AllowedSender|RuleSet|DefaultRuleset|InputUDPServerBindRuleset|InputTCPServerBindRuleset|UDPServerAddress|UDPServerRun|InputTCPServerRun|TCPServerAddress|ActionQueue\w+|ActionResumeRetryCount|ActionResumeInterval|MainMsgQueue\w+|SystemLogRateLimit\w+|SystemLogSocketName|SystemLogUsePIDFromSystem|OmitLocalLogging|AddUnixListenSocket|KLogPermitNonKernelFacility|klogConsoleLogLevel|DebugLevel|DropMsgsWithMaliciousDNSPTRRecords|ActionExecOnlyOnceEveryInterval|ResetConfigVariables|OptimizeForUniprocessor|ActionSendStreamDriver\w*|DefaultNetstreamDriver\w*|InputFile\w+|InputRunFileMonitor|OMFileFlushOnTXEnd)$/i;
/** which module a directive of its own belongs to */
const OWNERS: ReadonlyMap<string, string> = new Map([["udpserverrun", "imudp"], ["udpserveraddress", "imudp"], ["inputtcpserverrun", "imtcp"]]);
const MODULES = new Set("fmhash imfile imjournal imklog imkmsg immark impstats imptcp imtcp imudp imuxsock mmanon mmexternal mmfields mmjsonparse mmnormalize mmpstrucdata mmrm1stspace mmsequence mmutf8fix omjournal ommail omprog omuxsock omfile omfwd omusrmsg ompipe omshell omdiscard pmlastmsg pmrfc3164 pmrfc5424".split(" "));

const INPUT_PARAMETERS: ReadonlyMap<string, RegExp> = new Map([["imudp", /^(?:type|port|address|device|name|name\.appendport|ruleset|ratelimit\.(?:interval|burst)|rcvbufsize|ipfreebind)$/], ["imtcp", /^(?:type|port|address|name|ruleset|supportoctetcountedframing|ratelimit\.(?:interval|burst)|streamdriver\.\w+|listenportfilename|maxsessions|keepalive(?:\.\w+)?|permittedpeer|gnutlsprioritystring)$/]]);

const STATEMENT_WORD = /^(stop|continue|call\s+([\w.-]+))(?=[\s};]|$)/;

const MODULE_FOLDER = "/usr/lib/x86_64-linux-gnu/rsyslog";

/** The parser of one file; `included` names the files that a pattern finds. */
export class RulesParser {
  readonly #text: string;
  readonly #file: string;
  readonly #into: SyslogConfiguration;
  readonly #include: (pattern: string) => readonly { readonly path: string; readonly text: string }[] | undefined;
  #at = 0;
  #lastIf: Statement[] | undefined;

  constructor(text: string, file: string, into: SyslogConfiguration, include: (pattern: string) => readonly { readonly path: string; readonly text: string }[] | undefined) {
    this.#text = text.replace(/\\\n[ \t]*/g, " ");
    this.#file = file;
    this.#into = into;
    this.#include = include;
  }

  /** The whole file. False: a mistake after which nothing more can be read. */
  read(): boolean {
    try {
      this.#statements(this.#into.statements, "");
      return true;
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      this.#bad(error.message, error.at);
      this.#into.broken = true;
      return false;
    }
  }

  #line(at = this.#at): number {
    return this.#text.slice(0, at).split("\n").length;
  }

  #bad(text: string, at = this.#at, line = this.#line(at)): void {
    this.#into.problems.push({ text, place: { file: this.#file, line }, code: 2207 });
  }

  #warnAround(): void {
    this.#bad(`warnings occurred in file '${this.#file}' around line ${this.#line()}`);
  }

  #skip(): void {
    for (;;) {
      const gap = /^(?:\s+|#[^\n]*|\/\*[^]*?\*\/)/.exec(this.#text.slice(this.#at));
      if (gap === null) return;
      this.#at += gap[0].length;
    }
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #restOfLine(): string {
    const end = this.#text.indexOf("\n", this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? this.#text.length : end);
    this.#at += line.length;
    return line;
  }

  #statements(into: Statement[], closing: string): void {
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) {
        if (closing !== "") throw new ScriptError("syntax error on token ''", this.#at);
        return;
      }
      if (closing !== "" && this.#rest().startsWith(closing)) {
        this.#at += closing.length;
        return;
      }
      const statement = this.#statement();
      if (statement !== undefined) into.push(statement);
    }
  }

  /** One, or a block of them. */
  #body(): Statement[] {
    this.#skip();
    if (this.#at >= this.#text.length) throw new ScriptError("syntax error on token ''", this.#at);
    if (this.#rest().startsWith("{")) {
      this.#at++;
      const inner: Statement[] = [];
      this.#statements(inner, "}");
      return inner;
    }
    const one = this.#statement();
    return one === undefined ? [] : [one];
  }

  #statement(): Statement | undefined {
    const rest = this.#rest();
    if (rest.startsWith("$")) {
      this.#directive();
      return undefined;
    }
    const object = /^(module|input|global|template|main_queue|timezone|include|ruleset|action|parser|lookup_table|dyn_stats)\s*\(/i.exec(rest);
    if (object) return this.#object((object[1] ?? "").toLowerCase(), object[0].length);
    if (/^if\b/.test(rest)) return this.#condition();
    if (/^(?:set|unset|reset)\b/.test(rest)) {
      this.#at += rest.indexOf(";") + 1;
      return undefined;
    }
    const word = STATEMENT_WORD.exec(rest);
    if (word) {
      this.#at += word[0].length;
      return word[1] === "stop" ? { kind: "stop" } : word[2] === undefined ? undefined : { kind: "call", ruleset: word[2] };
    }
    if (rest.startsWith("&")) {
      if (this.#lastIf === undefined) throw new ScriptError("syntax error on token '&'", this.#at);
      this.#at++;
      const into = this.#lastIf;
      const more = this.#oldAction();
      if (more !== undefined) into.push(more);
      return undefined;
    }
    const filter = /^:([\w$!.-]+)\s*,\s*(!?)(\w+)\s*(?:,\s*"((?:[^"\\]|\\.)*)"\s*)?/.exec(rest);
    if (filter) return this.#propertyFilter(filter);
    const selector = /^([a-z0-9*][a-z0-9*,]*\.[!=a-z*]+(?:;[a-z0-9*][a-z0-9*,]*\.[!=a-z*]+)*)(?=\s|$)/i.exec(rest);
    if (selector) return this.#selector(selector[1] ?? "");
    if (/^(?:[-/@|^~?]|:om)/.test(rest)) return this.#oldAction();
    const stranger = /^[:"]/.exec(rest);
    if (stranger) this.#bad(`invalid character '${stranger[0]}' - is there an invalid escape sequence somewhere?`);
    return this.#oldAction();
  }

  #selector(selector: string): Statement {
    const chooses = parseSelector(selector);
    if (chooses === undefined) this.#into.problems.push({ text: selectorProblem(selector) });
    this.#at += selector.length;
    const then = this.#body();
    this.#lastIf = then;
    return { kind: "if", chooses: chooses ?? (() => false), then, otherwise: [] };
  }

  #propertyFilter([whole, name = "", not = "", how = "", wanted = ""]: RegExpExecArray): Statement {
    const compare = COMPARISONS.get(how);
    const known = this.#knows(name);
    this.#at += whole.length;
    const then = this.#body();
    // by then the next line was looked at
    this.#skip();
    if (compare === undefined) this.#bad(`error: invalid compare operation '${how}'`);
    else if (!known) this.#bad(`invalid property '${name}'`);
    this.#lastIf = then;
    const value = wanted.replace(/\\(["\\])/g, "$1");
    return { kind: "if", chooses: (message, zone) => known && compare !== undefined && compare(propertyOf(message, name, zone) ?? "", value) !== (not === "!"), then, otherwise: [] };
  }

  #knows(name: string): boolean {
    try {
      propertyPart({ name, options: [] });
      return true;
    } catch (error) {
      if (error instanceof TemplateError) return false;
      throw error;
    }
  }

  #condition(): Statement {
    this.#at += 2;
    const start = this.#at;
    const { expression, end } = parseExpression(this.#text, start);
    for (const match of this.#text.slice(start, end).matchAll(/\$([A-Za-z$][\w-]*)/g)) if (!this.#knows(match[1] ?? "")) this.#bad(`invalid property '${match[1] ?? ""}'`);
    this.#at = end;
    this.#skip();
    if (!/^then\b/.test(this.#rest())) throw new ScriptError(`syntax error on token '${/^\w+/.exec(this.#rest())?.[0] ?? this.#rest().charAt(0)}'`, this.#at);
    this.#at += 4;
    const then = this.#body();
    this.#lastIf = then;
    this.#skip();
    let otherwise: Statement[] = [];
    if (/^else\b/.test(this.#rest())) {
      this.#at += 4;
      otherwise = this.#body();
    }
    const condition: Expression = expression;
    return { kind: "if", chooses: (message, zone) => holds(condition, message, zone), then, otherwise };
  }

  /** "/file;template", "@host:port", ":omusrmsg:who", "|pipe", "?Template", "~". */
  #oldAction(): Statement | undefined {
    this.#skip();
    if (/^action\s*\(/i.test(this.#rest()) || STATEMENT_WORD.test(this.#rest())) return this.#statement();
    const before = this.#at;
    const line = /^[^\s#}]*(?:[^\n#}]*[^\s#}])?/.exec(this.#rest())?.[0] ?? "";
    this.#at += line.length;
    const [target = "", template] = line.split(";").map((part) => part.trim());
    const made = this.#targetOf(target);
    if (made === undefined) {
      // names of users without ":omusrmsg:": taken, with a warning
      this.#at = before;
      this.#warnAround();
      this.#into.actions++;
      return { kind: "action", action: { kind: "users", names: this.#restOfLine().trim().split(/[,\s]+/), template: "RSYSLOG_StdUsrMsgFmt" } };
    }
    if (made === "stop") {
      this.#into.actions++;
      return { kind: "stop" };
    }
    if (made.kind === "file" && /^-?\S+\s/.test(target)) {
      this.#into.problems.push({ text: "invalid character in selector line - ';template' expected" });
      this.#errorsAround();
      return undefined;
    }
    if (made.kind === "dynamic-file" && !this.#hasTemplate(made.pathTemplate, 1)) return undefined;
    const wanted = template ?? made.template;
    if (!this.#hasTemplate(wanted)) return undefined;
    this.#into.actions++;
    return { kind: "action", action: { ...made, template: wanted } };
  }

  #targetOf(word: string): SyslogAction | "stop" | undefined {
    const { fileTemplate } = this.#into;
    if (word === "~") return "stop";
    if (/^-?\//.test(word)) return { kind: "file", path: word.replace(/^-/, "").split(/\s/)[0] ?? "", template: fileTemplate };
    if (/^-?\?/.test(word)) return { kind: "dynamic-file", pathTemplate: word.replace(/^-?\?/, ""), template: fileTemplate };
    if (word.startsWith("|")) return { kind: "pipe", path: word.slice(1).trim(), template: fileTemplate };
    if (word.startsWith("^")) return { kind: "program", command: word.slice(1), template: fileTemplate };
    const remote = /^(@@?)(?:\([^)]*\))?(?:\[([^\]]+)\]|([^:\s]+))(?::(\w+))?$/.exec(word);
    if (remote) return { kind: remote[1] === "@" ? "udp" : "tcp", host: remote[2] ?? remote[3] ?? "", port: Number(remote[4] ?? 514) || 514, template: "RSYSLOG_TraditionalForwardFormat" };
    const users = /^:omusrmsg:\s*([\w*,-]+)$/.exec(word);
    if (users) return { kind: "users", names: (users[1] ?? "").split(","), template: users[1] === "*" ? "RSYSLOG_WallFmt" : "RSYSLOG_StdUsrMsgFmt" };
    return undefined;
  }

  /** `place`: which of an action's templates it is. */
  #hasTemplate(name: string, place = 0): boolean {
    if (this.#into.templates.find(name) !== undefined) return true;
    this.#into.problems.push({ text: ` Could not find template ${place} '${name}' - action disabled`, code: 3003 });
    this.#errorsAround();
    return false;
  }

  #errorsAround(at = this.#at): void {
    this.#bad(`errors occurred in file '${this.#file}' around line ${this.#line(at)}`, at);
  }

  #directive(): void {
    const at = this.#at;
    const line = this.#restOfLine().replace(/\s+#.*$/, "").trim();
    const [, name = "", value = ""] = /^\$(\w+)\s*([^]*)$/.exec(line) ?? [];
    const into = this.#into;
    const owner = OWNERS.get(name.toLowerCase());
    if (!DIRECTIVES.test(name) || (owner !== undefined && !into.modules.has(owner))) {
      into.problems.push({ text: `invalid or yet-unknown config file command '${name}' - have you forgotten to load a module?`, code: 3003 });
      return;
    }
    switch (name.toLowerCase()) {
      case "modload": return this.#load(value.replace(/\.so$/, ""));
      case "includeconfig": return this.#includeFiles(value, true, at);
      case "fileowner": into.files.owner = value; return;
      case "filegroup": into.files.group = value; return;
      case "filecreatemode": into.files.mode = Number.parseInt(value, 8); return;
      case "actionfiledefaulttemplate": into.fileTemplate = value; return;
      case "udpserverrun": into.inputs.push({ protocol: "udp", port: Number(value), address: "0.0.0.0", ruleset: undefined }); return;
      case "inputtcpserverrun": into.inputs.push({ protocol: "tcp", port: Number(value), address: "0.0.0.0", ruleset: undefined }); return;
      case "template": {
        const [, key = "", text = ""] = /^([\w-]+)\s*,\s*"((?:[^"\\]|\\.)*)"/.exec(value) ?? [];
        this.#addTemplate(key, () => textTemplate(text.replace(/\\"/g, '"')));
        return;
      }
      default: return;
    }
  }

  #load(name: string): void {
    const file = `${MODULE_FOLDER}/${name}.so`;
    if (MODULES.has(name)) this.#into.modules.add(name);
    else this.#into.problems.push({ text: `could not load module '${name}', errors: trying to load module ${file}: ${file}: cannot open shared object file: No such file or directory`, code: 2066 });
  }

  #includeFiles(pattern: string, quiet: boolean, at: number): void {
    const found = this.#include(pattern);
    if (found === undefined || (found.length === 0 && !/[*?[]/.test(pattern))) {
      if (!quiet || !/[*?[]/.test(pattern)) this.#bad(`error accessing config file or directory '${pattern}' [cwd: /]: No such file or directory`, at);
      return;
    }
    for (const { path, text } of found) if (!new RulesParser(text, path, this.#into, this.#include).read()) throw new ScriptError(`could not interpret config file '${path}'.`, at);
  }

  #addTemplate(name: string, make: () => readonly TemplatePart[]): void {
    try {
      this.#into.templates.add(name, make());
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.#skip();
      this.#bad(error.message);
      this.#bad("error processing template object");
    }
  }

  /** name="value" pairs up to the closing parenthesis. */
  #parameters(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (;;) {
      this.#skip();
      const rest = this.#rest();
      if (rest.startsWith(")")) {
        this.#at++;
        return found;
      }
      const pair = /^([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|\[([^\]]*)\])/.exec(rest);
      if (pair === null) {
        const letter = rest.charAt(0);
        if (letter !== "" && !/\w/.test(letter)) {
          this.#bad(`invalid character '${letter}' in object definition - is there an invalid escape sequence somewhere?`);
          this.#at++;
          continue;
        }
        const word = /^[\w.-]+/.exec(rest)?.[0] ?? "";
        this.#at += word.length;
        for (;;) {
          this.#skip();
          const next = this.#rest().charAt(0);
          if (next === "" || /[\w)]/.test(next)) throw new ScriptError(`syntax error on token '${/^\w+/.exec(this.#rest())?.[0] ?? next}'`, this.#at);
          this.#bad(`invalid character '${next}' in object definition - is there an invalid escape sequence somewhere?`);
          this.#at++;
        }
      }
      this.#at += pair[0].length;
      found.set((pair[1] ?? "").toLowerCase(), pair[2] === undefined ? (pair[3] ?? "") : pair[2].replace(/\\(["\\'$])/g, "$1"));
    }
  }

  #object(kind: string, length: number): Statement | undefined {
    const start = this.#at;
    this.#at += length;
    const given = this.#parameters();
    const into = this.#into;
    switch (kind) {
      case "module":
        this.#load(given.get("load") ?? "");
        if (given.has("fileowner")) into.files.owner = given.get("fileowner") ?? "root";
        return undefined;
      case "input": {
        const type = given.get("type") ?? "";
        if (!into.modules.has(type)) {
          into.problems.push({ text: `input module name '${type}' is unknown`, code: 2209 });
          for (const name of given.keys()) if (name !== "type") this.#bad(`parameter '${name}' not known -- typo in config file?`);
        } else if (INPUT_PARAMETERS.has(type) && [...given.keys()].some((name) => !INPUT_PARAMETERS.get(type)?.test(name))) {
          for (const name of given.keys()) if (!INPUT_PARAMETERS.get(type)?.test(name)) this.#bad(`parameter '${name}' not known -- typo in config file?`);
        } else if (type === "imudp" || type === "imtcp" || type === "imptcp") into.inputs.push({ protocol: type === "imudp" ? "udp" : "tcp", port: Number(given.get("port") ?? 514), address: given.get("address") ?? "0.0.0.0", ruleset: given.get("ruleset") });
        return undefined;
      }
      case "template": this.#template(given); return undefined;
      case "include": this.#includeFiles(given.get("file") ?? "", given.get("mode") === "optional", start); return undefined;
      case "ruleset": {
        const inner: Statement[] = [];
        this.#skip();
        if (this.#rest().startsWith("{")) {
          this.#at++;
          this.#statements(inner, "}");
        }
        into.rulesets.set(given.get("name") ?? "", inner);
        return undefined;
      }
      case "action": {
        const action = this.#actionOf(given, start);
        if (action === undefined) return undefined;
        into.actions++;
        return { kind: "action", action };
      }
      default: return undefined;
    }
  }

  #actionOf(given: ReadonlyMap<string, string>, at: number): SyslogAction | undefined {
    const fail = (problem: Problem): undefined => {
      this.#into.problems.push(problem);
      this.#errorsAround(at);
      return undefined;
    };
    const type = given.get("type") ?? "";
    const place = { file: this.#file, line: this.#line(at) };
    if (!["omfile", "omfwd", "omusrmsg", "ompipe", "omprog", "omdiscard"].includes(type)) return fail({ text: `module name '${type}' is unknown`, code: 2209 });
    const template = given.get("template") ?? (type === "omfwd" ? "RSYSLOG_TraditionalForwardFormat" : type === "omusrmsg" ? (given.get("users") === "*" ? "RSYSLOG_WallFmt" : "RSYSLOG_StdUsrMsgFmt") : this.#into.fileTemplate);
    if (!this.#hasTemplate(template)) return undefined;
    if (type === "omfile") {
      const [path, dynamic] = [given.get("file"), given.get("dynafile")];
      if (path === undefined && dynamic === undefined) return fail({ text: 'omfile: either the "file" or "dynafile" parameter must be given', place, code: 2207 });
      if (dynamic !== undefined) return this.#hasTemplate(dynamic, 1) ? { kind: "dynamic-file", pathTemplate: dynamic, template } : undefined;
      return { kind: "file", path: path ?? "", template };
    }
    if (type === "omfwd") return { kind: given.get("protocol") === "tcp" ? "tcp" : "udp", host: given.get("target") ?? "", port: Number(given.get("port") ?? 514), template };
    if (type === "omusrmsg") return { kind: "users", names: (given.get("users") ?? "").split(","), template };
    if (type === "ompipe") return { kind: "pipe", path: given.get("pipe") ?? "", template };
    return { kind: "program", command: given.get("binary") ?? "", template };
  }

  #template(given: ReadonlyMap<string, string>): void {
    const name = given.get("name") ?? "";
    const type = given.get("type") ?? "";
    if (type === "string") this.#addTemplate(name, () => textTemplate(given.get("string") ?? ""));
    else if (type === "list") this.#addTemplate(name, () => this.#listTemplate());
    else if (type === "subtree" || type === "plugin") this.#addTemplate(name, () => []);
    else {
      this.#into.problems.push({ text: `invalid template type '${type}'` });
      this.#skip();
      this.#bad("error processing template object");
    }
  }

  #listTemplate(): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    this.#skip();
    if (!this.#rest().startsWith("{")) throw new ScriptError(`syntax error on token '${this.#rest().charAt(0)}'`, this.#at);
    this.#at++;
    for (;;) {
      this.#skip();
      const kind = /^(constant|property|\})\s*\(?/.exec(this.#rest());
      if (kind === null) throw new ScriptError(`syntax error on token '${/^\S*/.exec(this.#rest())?.[0] ?? ""}'`, this.#at);
      this.#at += kind[1] === "}" ? 1 : kind[0].length;
      if (kind[1] === "}") return parts;
      const given = this.#parameters();
      if (kind[1] === "constant") parts.push(constantPart(given.get("value") ?? ""));
      else parts.push(propertyPart(wishOf(given)));
    }
  }
}

function wishOf(given: ReadonlyMap<string, string>) {
  const options = [given.get("dateformat") === undefined ? "" : `date-${given.get("dateformat") ?? ""}`, given.get("caseconversion") === "upper" ? "uppercase" : given.get("caseconversion") === "lower" ? "lowercase" : "", given.get("spifno1stsp") === "on" ? "sp-if-no-1st-sp" : "", given.get("droplastlf") === "on" ? "drop-last-lf" : "", given.get("format") ?? "", given.get("securepath") === "replace" ? "secpath-replace" : ""].filter((option) => option !== "");
  const regex = given.get("regex.expression");
  const from = regex !== undefined ? `R,${given.get("regex.type") ?? "ERE"},${given.get("regex.submatch") ?? "0"},${given.get("regex.nomatchmode") ?? "DFLT"}` : given.has("field.number") ? `F,${given.get("field.delimiter") ?? "9"}` : (given.get("position.from") ?? "");
  return { name: given.get("name") ?? "", from, to: regex ?? given.get("field.number") ?? given.get("position.to") ?? "", options };
}
