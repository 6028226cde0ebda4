// Bringing one interface up or down: mapping, state, commands, scripts of /etc/network/if-*.d (ifup(8), interfaces(5), ifupdown 0.8.41).
import { type Blocking, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { execSearching } from "../kit/exec-path.ts";
import { globMatch } from "../kit/glob.ts";
import type { Io } from "../kit/program.ts";
import { waitFor } from "../kit/shell-command.ts";
import type { Definitions, Option, Stanza } from "./_interfaces-file.ts";
import { type Line, type Method, type Surroundings, type Variables, linkRemoval, linkUp, methodOf } from "./_methods.ts";
import type { State } from "./_state.ts";

export interface Settings {
  readonly action: "up" | "down" | "query";
  readonly all: boolean;
  readonly force: boolean;
  readonly noAct: boolean;
  readonly verbose: boolean;
  readonly ignoreErrors: boolean;
  readonly mappings: boolean;
  readonly scripts: boolean;
  readonly allow: string | undefined;
  readonly exclude: readonly string[];
  readonly set: readonly Option[];
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** without a value of their own in the environment */
const COMMAND_OPTIONS = new Set(["pre-up", "up", "down", "post-down"]);
const SCRIPTS = { "pre-up": "pre-up", "post-up": "up", "pre-down": "down", "post-down": "post-down" } as const;
type Phase = keyof typeof SCRIPTS;

const variableName = (name: string): string => [...name.replaceAll("-", "_")].filter((char) => /[A-Za-z0-9_]/.test(char)).join("");

class Values implements Variables {
  readonly iface: string;
  readonly options: Option[];

  constructor(iface: string, stanza: Stanza, set: readonly Option[]) {
    this.iface = iface;
    this.options = stanza.options.map(({ name, value }) => ({ name, value }));
    for (const { name, value } of set) this.set(name, value);
  }

  get(name: string): string | undefined {
    return this.options.find((one) => one.name === name)?.value;
  }

  set(name: string, value: string): void {
    const former = this.options.find((one) => one.name === name);
    if (former === undefined) this.options.push({ name, value });
    else former.value = value;
  }
}

export class Runner {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #definitions: Definitions;
  readonly #state: State;
  readonly #settings: Settings;
  readonly #surroundings: Surroundings;

  constructor(sys: Sys, io: Io, definitions: Definitions, state: State, settings: Settings) {
    this.#sys = sys;
    this.#io = io;
    this.#definitions = definitions;
    this.#state = state;
    this.#settings = settings;
    this.#surroundings = {
      random: (length) => sys.random(length),
      executable(path) {
        try {
          sys.access(path, 1);
          return true;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return false;
        }
      },
    };
  }

  /** The scripts that run around all interfaces (IFACE is "--all"). False: one of them failed. */
  *around(phase: Phase): Blocking<boolean> {
    const none: Stanza = { logical: this.#settings.allow ?? "auto", family: "meta", method: "none", options: [] };
    return yield* this.#scripts(this.#environment("--all", none, undefined, phase), phase);
  }

  /** `target`: IFACE, or IFACE=LOGICAL. False: it failed. */
  *run(target: string): Blocking<boolean> {
    const { action, all, allow, exclude, force } = this.#settings;
    const at = target.indexOf("=");
    const iface = at < 0 ? target : target.slice(0, at);
    const wanted = at < 0 ? target : target.slice(at + 1);
    if (exclude.some((pattern) => globMatch(pattern, iface))) return true;
    if (action === "down" && all && this.#definitions.noAutoDown.includes(iface)) return true;
    if (allow !== undefined && !(this.#definitions.classes.get(allow) ?? []).some((one) => one.split("=")[0] === iface)) return true;
    if (action === "query") return yield* this.#query(iface, yield* this.#mapped(iface, wanted));
    const phase = this.#sys.environment.get(`IFUPDOWN_${variableName(iface)}`);
    if (phase !== undefined) {
      yield* this.#io.warn(phase === "parent-lock" ? `recursion detected for parent interface ${iface} in ${phase} phase` : `recursion detected for interface ${iface} in ${phase} phase`);
      return false;
    }
    if (action === "down") yield* this.#takeVlansDown(iface);
    const lock = this.#settings.noAct ? undefined : yield* this.#state.lock(iface, (text) => (this.#settings.verbose ? this.#io.warn(text) : nothing()));
    try {
      const current = yield* this.#state.logicalOf(iface);
      if (!force && (action === "up") === (current !== undefined)) {
        if (!all) yield* this.#io.warn(action === "up" ? `interface ${iface} already configured` : `interface ${iface} not configured`);
        return true;
      }
      return action === "up" ? yield* this.#up(iface, yield* this.#mapped(iface, wanted), current, lock) : yield* this.#down(iface, current ?? wanted, lock);
    } finally {
      if (lock !== undefined) this.#sys.close(lock);
    }
  }

  // ---- up

  *#up(iface: string, logical: string | undefined, current: string | undefined, lock: number | undefined): Blocking<boolean> {
    if (logical === undefined) return false;
    if (!(yield* this.#parentUp(iface))) return false;
    let found = false;
    for (const stanza of this.#definitions.of(logical)) {
      const values = new Values(iface, stanza, this.#settings.set);
      const method = methodOf(stanza.family, stanza.method);
      if (method === undefined) continue;
      const environment = this.#environment(iface, stanza, values, "pre-up");
      if (!found && !(yield* this.#lines(linkUp(values), environment))) break;
      found = true;
      if (this.#settings.verbose) yield* this.#io.warn(`configuring interface ${iface}=${logical} (${stanza.family})`);
      if (yield* this.#stanzaUp(iface, stanza, values, method)) continue;
      // forced onto what is up already: that it stands stays true
      if (current !== undefined) return true;
      yield* this.#io.warn(`failed to bring up ${logical}`);
      yield* this.#note(lock, iface, undefined);
      return false;
    }
    if (!found) yield* this.#io.warn(`ignoring unknown interface ${iface}=${logical}`);
    yield* this.#note(lock, iface, found ? logical : undefined);
    return true;
  }

  *#stanzaUp(iface: string, stanza: Stanza, values: Values, method: Method): Blocking<boolean> {
    method.convert(values, this.#surroundings);
    const missing = method.required.map((names) => names.filter((name) => values.get(name) === undefined)).find((names) => names.length > 0) ?? [];
    for (const name of missing) yield* this.#io.warn(`missing required variable: ${name}`);
    if (missing.length > 0) {
      yield* this.#io.warn(`missing required configuration variables for interface ${stanza.logical}/${stanza.family}`);
      return false;
    }
    const before = this.#environment(iface, stanza, values, "pre-up");
    if (!(yield* this.#commands(values, "pre-up", before)) || !(yield* this.#scripts(before, "pre-up", iface))) return false;
    if (!(yield* this.#lines(method.up(values, this.#surroundings), before))) return false;
    const after = this.#environment(iface, stanza, values, "post-up");
    return (yield* this.#commands(values, "up", after)) && (yield* this.#scripts(after, "post-up", iface));
  }

  /** The link that a VLAN lies on comes first. */
  *#parentUp(iface: string): Blocking<boolean> {
    const dot = iface.indexOf(".");
    const parent = dot < 0 ? undefined : iface.slice(0, dot);
    if (parent === undefined || this.#definitions.of(parent).length === 0 || (yield* this.#state.logicalOf(parent)) !== undefined) return true;
    if (this.#sys.environment.has(`IFUPDOWN_${variableName(parent)}`)) return true;
    if (yield* new Runner(this.#sys, this.#io, this.#definitions, this.#state, { ...this.#settings, all: true, allow: undefined }).run(parent)) return true;
    yield* this.#io.warn(`could not bring up parent interface ${parent}`);
    return false;
  }

  // ---- down

  *#down(iface: string, logical: string, lock: number | undefined): Blocking<boolean> {
    let last: { readonly values: Values; readonly environment: ReadonlyMap<string, string> } | undefined;
    for (const stanza of this.#definitions.of(logical)) {
      const values = new Values(iface, stanza, this.#settings.set);
      const method = methodOf(stanza.family, stanza.method);
      if (method === undefined) continue;
      if (this.#settings.verbose) yield* this.#io.warn(`configuring interface ${iface}=${logical} (${stanza.family})`);
      method.convert(values, this.#surroundings);
      const before = this.#environment(iface, stanza, values, "pre-down");
      yield* this.#scripts(before, "pre-down", iface);
      yield* this.#commands(values, "down", before);
      yield* this.#lines(method.down(values, this.#surroundings), before);
      const after = this.#environment(iface, stanza, values, "post-down");
      yield* this.#scripts(after, "post-down", iface);
      yield* this.#commands(values, "post-down", after);
      last = { values, environment: after };
    }
    if (last !== undefined) yield* this.#lines(linkRemoval(last.values), last.environment);
    yield* this.#note(lock, iface, undefined);
    return true;
  }

  *#takeVlansDown(iface: string): Blocking<void> {
    if (iface.includes(".")) return;
    for (const one of [...(yield* this.#state.all())].reverse()) {
      if (one.iface.startsWith(`${iface}.`)) yield* new Runner(this.#sys, this.#io, this.#definitions, this.#state, { ...this.#settings, all: true, allow: undefined }).run(one.iface);
    }
  }

  // ---- query

  *#query(iface: string, logical: string | undefined): Blocking<boolean> {
    if (logical === undefined) return false;
    for (const stanza of this.#definitions.of(logical)) {
      if (this.#settings.verbose) yield* this.#io.warn(`querying interface ${iface}=${logical} (${stanza.family})`);
      const values = new Values(iface, stanza, this.#settings.set);
      methodOf(stanza.family, stanza.method)?.convert(values, this.#surroundings);
      for (const { name, value } of values.options) this.#io.out.put(`${name}: ${value}\n`);
    }
    return true;
  }

  // ---- mappings

  /** Undefined: a mapping failed. */
  *#mapped(iface: string, first: string): Blocking<string | undefined> {
    let logical = first;
    for (const { patterns, script, lines } of this.#definitions.mappings) {
      if (!patterns.some((pattern) => globMatch(pattern, logical))) continue;
      if (!this.#settings.mappings) {
        if (this.#settings.verbose) yield* this.#io.warn(`not running mapping scripts for ${logical}`);
        break;
      }
      const name = script ?? "(null)";
      if (this.#settings.verbose) yield* this.#io.warn(`running mapping script ${name} on ${logical}`);
      const answer = script === undefined ? undefined : yield* this.#ask(script, iface, lines);
      if (answer === undefined) yield* this.#io.warn(`error trying to executing mapping script ${name} on ${logical}`);
      else if (answer === "") yield* this.#io.warn(`no output from mapping script ${name} on ${logical}`);
      if (answer === undefined || answer === "") return undefined;
      logical = answer;
    }
    return logical;
  }

  /** The first line that the script writes; undefined when it failed. */
  *#ask(script: string, iface: string, lines: readonly string[]): Blocking<string | undefined> {
    const sys = this.#sys;
    const io = this.#io;
    const input = sys.pipe();
    const output = sys.pipe();
    yield* io.out.flush();
    const pid = sys.fork(function* mapping(child) {
      child.dup2(input[0], 0);
      child.dup2(output[1], 1);
      for (const fd of [...input, ...output]) child.close(fd);
      const error = yield* execSearching(child, script, [script, iface]);
      yield* io.warn(`executing "${script}" failed: ${error.message}`);
      return 1;
    });
    sys.close(input[0]);
    sys.close(output[1]);
    const former = sys.sigaction(13, "ignore");
    try {
      yield* sys.write(input[1], encode(lines.map((one) => `${one}\n`).join("")));
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    sys.sigaction(13, former);
    sys.close(input[1]);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(output[0], 4096);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(output[0]);
    const status = yield* waitFor(sys, pid);
    return status.kind === "exited" && status.status === 0 ? (text.split("\n")[0] ?? "") : undefined;
  }

  // ---- commands and scripts

  #environment(iface: string, stanza: Stanza, values: Values | undefined, phase: Phase): ReadonlyMap<string, string> {
    const { all, allow, action, verbose } = this.#settings;
    const environment = new Map<string, string>();
    for (const { name, value } of values?.options ?? []) if (!COMMAND_OPTIONS.has(name)) environment.set(`IF_${variableName(name).toUpperCase()}`, value);
    // one is called from a command of another interface: none may come back to it
    for (const [name, value] of this.#sys.environment) if (name.startsWith("IFUPDOWN_")) environment.set(name, value);
    if (iface !== "--all") environment.set(`IFUPDOWN_${variableName(iface)}`, phase);
    environment.set("IFACE", iface).set("LOGICAL", stanza.logical).set("ADDRFAM", stanza.family).set("METHOD", stanza.method);
    const name = allow ?? (all ? "auto" : undefined);
    if (name !== undefined) environment.set("CLASS", name);
    return environment.set("MODE", action === "up" ? "start" : "stop").set("PHASE", phase).set("VERBOSITY", verbose ? "1" : "0").set("PATH", PATH);
  }

  /** ifdown goes on after whatever fails. */
  get #goesOn(): boolean {
    return this.#settings.ignoreErrors || this.#settings.action === "down";
  }

  *#commands(values: Values, option: string, environment: ReadonlyMap<string, string>): Blocking<boolean> {
    for (const { name, value } of values.options) if (name === option && !(yield* this.#line(value, environment)) && !this.#goesOn) return false;
    return true;
  }

  *#lines(lines: readonly Line[], environment: ReadonlyMap<string, string>): Blocking<boolean> {
    for (const { text, lenient } of lines) if (!(yield* this.#line(text, environment)) && !lenient && !this.#goesOn) return false;
    return true;
  }

  *#scripts(environment: ReadonlyMap<string, string>, phase: Phase, iface?: string): Blocking<boolean> {
    if (!this.#settings.scripts || (iface !== undefined && this.#definitions.noScripts.some((pattern) => globMatch(pattern, iface)))) return true;
    const options = `${this.#goesOn ? "" : "--exit-on-error "}${this.#settings.verbose ? "--verbose " : ""}`;
    return (yield* this.#line(`run-parts ${options}/etc/network/if-${SCRIPTS[phase]}.d`, environment)) || this.#goesOn;
  }

  *#line(text: string, environment: ReadonlyMap<string, string>): Blocking<boolean> {
    const { noAct, verbose } = this.#settings;
    if (noAct || verbose) yield* this.#io.stderr(`${text}\n`);
    if (noAct || text.trim() === "") return true;
    const pid = this.#sys.fork(function* command(child) {
      try {
        yield* child.exec("/bin/sh", ["sh", "-c", text], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
      }
      return 127;
    });
    const status = yield* waitFor(this.#sys, pid);
    return status.kind === "exited" && status.status === 0;
  }

  *#note(lock: number | undefined, iface: string, logical: string | undefined): Blocking<void> {
    if (lock !== undefined) yield* this.#state.note(lock, iface, logical);
  }
}

function* nothing(): Blocking<void> {}

