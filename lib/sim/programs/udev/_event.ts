// One event of a device: the administrator's rules are asked, then done (udev(7)). `udevadm test` asks only.
// (More than 400 lines: the rules' keys and what they lead to are one table.)
import { type Blocking, decode, encode, O, S, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";
import { waitFor } from "../kit/shell-command.ts";
import { PRIORITY, syslog } from "../kit/syslog.ts";
import { readRecord, writeRecord } from "./_database.ts";
import { type Device, deviceAt, parentOf, propertiesOf } from "./_device.ts";
import type { Rule, Token } from "./_rules.ts";

/** What the rules want of a device. */
export interface Outcome {
  name: string | undefined;
  readonly links: Set<string>;
  readonly tags: Set<string>;
  readonly properties: Map<string, string>;
  owner: string | undefined;
  group: string | undefined;
  mode: number | undefined;
  readonly run: string[];
  readonly attributes: (readonly [path: string, value: string])[];
  /** as the log of `udevadm test` has them */
  readonly notes: string[];
}

const fatalKeys = new Set(["NAME", "OWNER", "GROUP", "MODE", "SYMLINK", "RUN"]);

class Event {
  readonly #sys: Sys;
  readonly #device: Device;
  readonly #action: string;
  readonly outcome: Outcome;
  readonly #final = new Set<string>();
  #result = "";
  /** the ancestor that SUBSYSTEMS, KERNELS, DRIVERS, ATTRS met */
  #matchedParent: Device | undefined;

  constructor(sys: Sys, device: Device, action: string, properties: ReadonlyMap<string, string>) {
    this.#sys = sys;
    this.#device = device;
    this.#action = action;
    this.outcome = { name: undefined, links: new Set(), tags: new Set(), properties: new Map([["ACTION", action], ...properties]), owner: undefined, group: undefined, mode: undefined, run: [], attributes: [], notes: [] };
  }

  *#attribute(device: Device, name: string): Blocking<string | undefined> {
    const path = name.startsWith("[") ? undefined : `/sys${device.path}/${name}`;
    if (path === undefined) return undefined;
    try {
      if ((this.#sys.lstat(path).mode & S.IFMT) === S.IFLNK) return this.#sys.readlink(path).split("/").pop();
      return (yield* readTextFile(this.#sys, path))?.replace(/\s+$/, "");
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return undefined;
    }
  }

  /** %k and its like, $kernel and its like. */
  *#substitute(text: string): Blocking<string> {
    const device = this.#device;
    const { properties } = this.outcome;
    let out = "";
    for (let at = 0; at < text.length; ) {
      const match = /^(?:%(?:([kpnbMmcPNrSEs])|(%))|\$(?:(kernel|number|devpath|id|driver|attr|sysfs|env|major|minor|result|parent|name|links|root|sys|devnode)\b|(\$)))(?:\{([^}]*)\})?/.exec(text.slice(at));
      if (match === null) {
        out += text.charAt(at++);
        continue;
      }
      const [whole, letter, percent, word, dollar, argument = ""] = match;
      at += whole.length;
      if (percent !== undefined || dollar !== undefined) {
        out += `${percent ?? dollar ?? ""}${match[5] === undefined ? "" : `{${argument}}`}`;
        continue;
      }
      const name = word ?? { k: "kernel", p: "devpath", n: "number", b: "id", M: "major", m: "minor", c: "result", P: "parent", N: "devnode", r: "root", S: "sys", E: "env", s: "attr" }[letter ?? "k"] ?? "";
      switch (name) {
        case "kernel": out += device.name; break;
        case "devpath": out += device.path; break;
        case "number": out += /\d+$/.exec(device.name)?.[0] ?? ""; break;
        case "id": out += this.#matchedParent?.name ?? ""; break;
        case "driver": out += this.#matchedParent?.driver ?? ""; break;
        case "major": out += device.uevent.get("MAJOR") ?? "0"; break;
        case "minor": out += device.uevent.get("MINOR") ?? "0"; break;
        case "result": {
          const words = this.#result.split(/\s+/);
          const number = /^(\d+)(\+?)$/.exec(argument);
          out += number === null ? this.#result : number[2] === "+" ? words.slice(Number(number[1]) - 1).join(" ") : (words[Number(number[1]) - 1] ?? "");
          break;
        }
        case "parent": out += (yield* parentOf(this.#sys, device))?.uevent.get("DEVNAME") ?? ""; break;
        case "name": out += this.outcome.name ?? device.name; break;
        case "links": out += [...this.outcome.links].join(" "); break;
        case "root": out += "/dev"; break;
        case "sys": out += "/sys"; break;
        case "devnode": out += properties.get("DEVNAME") ?? ""; break;
        case "env": out += properties.get(argument) ?? ""; break;
        default: out += (yield* this.#attribute(device, argument)) ?? (this.#matchedParent ? yield* this.#attribute(this.#matchedParent, argument) : undefined) ?? "";
      }
    }
    return out;
  }

  #meets(token: Token, value: string | undefined): boolean {
    const met = value !== undefined && token.value.split("|").some((pattern) => compileFnmatch(pattern)(value));
    return token.operator === "==" ? met : !met;
  }

  *#parentMeets(tokens: readonly Token[]): Blocking<boolean> {
    for (let at: Device | undefined = this.#device; at !== undefined; at = yield* parentOf(this.#sys, at)) {
      let all = true;
      for (const token of tokens) {
        const value = token.key === "KERNELS" ? at.name : token.key === "SUBSYSTEMS" ? (at.subsystem ?? "") : token.key === "DRIVERS" ? (at.driver ?? "") : token.key === "TAGS" ? undefined : yield* this.#attribute(at, token.attribute ?? "");
        const met = token.key === "TAGS" ? (yield* readRecord(this.#sys, at)).tags.some((tag) => this.#meets({ ...token, operator: "==" }, tag)) === (token.operator === "==") : this.#meets(token, value);
        if (!met) {
          all = false;
          break;
        }
      }
      if (all) {
        this.#matchedParent = at;
        return true;
      }
    }
    return false;
  }

  /** The program's standard output and whether it went well. */
  *#capture(command: string): Blocking<{ readonly text: string; readonly good: boolean }> {
    const sys = this.#sys;
    const [readEnd, writeEnd] = sys.pipe();
    const pid = this.#start(command, writeEnd);
    sys.close(writeEnd);
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(readEnd, 4096);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    sys.close(readEnd);
    const status = yield* waitFor(sys, pid);
    return { text, good: status.kind === "exited" && status.status === 0 };
  }

  #start(command: string, output: number | undefined): number {
    const environment = new Map([...this.outcome.properties, ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"] as const]);
    const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
    return this.#sys.fork(function* (child) {
      if (output !== undefined) child.dup2(output, 1);
      const [program = ""] = words;
      try {
        return yield* child.exec(program.startsWith("/") ? program : `/lib/udev/${program}`, words, environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
  }

  *runAll(): Blocking<void> {
    for (const command of this.outcome.run) {
      const status = yield* waitFor(this.#sys, this.#start(command, undefined));
      if (status.kind === "exited" && status.status !== 0) yield* tell(this.#sys, `${this.#device.name}: Process '${command}' failed with exit code ${status.status}.`);
    }
  }

  *#matches(token: Token): Blocking<boolean> {
    const { properties } = this.outcome;
    switch (token.key) {
      case "ACTION": return this.#meets(token, this.#action);
      case "DEVPATH": return this.#meets(token, this.#device.path);
      case "KERNEL": return this.#meets(token, this.#device.name);
      case "SUBSYSTEM": return this.#meets(token, this.#device.subsystem ?? "");
      case "DRIVER": return this.#meets(token, this.#device.driver ?? "");
      case "NAME": return this.#meets(token, this.outcome.name ?? "");
      case "SYMLINK": return [...this.outcome.links].some((link) => this.#meets({ ...token, operator: "==" }, link)) === (token.operator === "==");
      case "TAG": return [...this.outcome.tags].some((tag) => this.#meets({ ...token, operator: "==" }, tag)) === (token.operator === "==");
      case "ENV": return this.#meets(token, properties.get(token.attribute ?? "") ?? "");
      case "ATTR": return this.#meets(token, yield* this.#attribute(this.#device, token.attribute ?? ""));
      case "SYSCTL": return this.#meets(token, (yield* readTextFile(this.#sys, `/proc/sys/${(token.attribute ?? "").replaceAll(".", "/")}`))?.trim());
      case "CONST": return this.#meets(token, token.attribute === "arch" ? "x86-64" : token.attribute === "virt" ? "kvm" : "");
      case "RESULT": return this.#meets(token, this.#result);
      case "TEST": {
        const path = yield* this.#substitute(token.value);
        let there = false;
        try {
          const { mode } = this.#sys.stat(path.startsWith("/") ? path : `/sys${this.#device.path}/${path}`);
          there = token.attribute === undefined || (mode & Number.parseInt(token.attribute, 8)) !== 0;
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
        return there === (token.operator === "==");
      }
      case "PROGRAM": {
        const { text, good } = yield* this.#capture(yield* this.#substitute(token.value));
        this.#result = text.replace(/\n$/, "");
        return good === (token.operator !== "!=");
      }
      default: return yield* this.#import(token);
    }
  }

  *#import(token: Token): Blocking<boolean> {
    const value = yield* this.#substitute(token.value);
    const lines = token.attribute === "program" ? (yield* this.#capture(value)) : token.attribute === "file" ? { text: (yield* readTextFile(this.#sys, value)) ?? "", good: true } : undefined;
    let good = lines?.good ?? true;
    for (const line of lines?.text.split("\n") ?? []) {
      const match = /^([A-Za-z_0-9]+)=["']?(.*?)["']?$/.exec(line);
      if (match !== null) this.outcome.properties.set(match[1] ?? "", match[2] ?? "");
    }
    if (token.attribute === "cmdline") {
      const words = ((yield* readTextFile(this.#sys, "/proc/cmdline")) ?? "").trim().split(/\s+/);
      const found = words.find((word) => word === value || word.startsWith(`${value}=`));
      good = found !== undefined;
      if (found !== undefined) this.outcome.properties.set(value, found.includes("=") ? found.slice(value.length + 1) : "1");
    } else if (token.attribute === "db") {
      const kept = (yield* readRecord(this.#sys, this.#device)).properties.get(value);
      good = kept !== undefined;
      if (kept !== undefined) this.outcome.properties.set(value, kept);
    } else if (token.attribute === "parent") {
      const parent = yield* parentOf(this.#sys, this.#device);
      if (parent) for (const [name, own] of yield* propertiesOf(this.#sys, parent)) if (compileFnmatch(value)(name)) this.outcome.properties.set(name, own);
    }
    return good === (token.operator !== "!=");
  }

  *#assign(token: Token, place: string): Blocking<void> {
    const { outcome } = this;
    const key = fatalKeys.has(token.key) ? token.key : `${token.key}{${token.attribute ?? ""}}`;
    if (this.#final.has(key)) return;
    if (token.operator === ":=") this.#final.add(key);
    const value = yield* this.#substitute(token.value);
    const note = (what: string): void => void outcome.notes.push(`${this.#device.name}: ${place} ${what}`);
    switch (token.key) {
      case "NAME":
        if (this.#device.subsystem === "net") {
          outcome.name = value;
          note(`NAME '${value}'`);
        } else outcome.notes.push(`${this.#device.name}: ${place} Only network interfaces can be renamed, ignoring NAME="${value}".`);
        break;
      case "SYMLINK":
        if (token.operator === "=" || token.operator === ":=") outcome.links.clear();
        for (const link of value.split(/\s+/).filter((one) => one !== "")) {
          if (token.operator === "-=") outcome.links.delete(link);
          else outcome.links.add(link.replace(/^\/dev\//, ""));
          note(`LINK '${link}'`);
        }
        break;
      case "OWNER": outcome.owner = value; note(`OWNER ${value}`); break;
      case "GROUP": outcome.group = value; note(`GROUP ${value}`); break;
      case "MODE":
        if (/^[0-7]{1,4}$/.test(value)) outcome.mode = Number.parseInt(value, 8);
        note(`MODE ${value}`);
        break;
      case "TAG":
        if (token.operator === "=" || token.operator === ":=") outcome.tags.clear();
        if (token.operator === "-=") outcome.tags.delete(value);
        else outcome.tags.add(value);
        break;
      case "ENV": {
        const name = token.attribute ?? "";
        const before = outcome.properties.get(name);
        if (value === "" && token.operator !== "+=") outcome.properties.delete(name);
        else outcome.properties.set(name, token.operator === "+=" && before !== undefined ? `${before} ${value}` : value);
        break;
      }
      case "ATTR": outcome.attributes.push([`/sys${this.#device.path}/${token.attribute ?? ""}`, value]); note(`ATTR '/sys${this.#device.path}/${token.attribute ?? ""}' writing '${value}'`); break;
      case "SYSCTL": outcome.attributes.push([`/proc/sys/${(token.attribute ?? "").replaceAll(".", "/")}`, value]); break;
      case "RUN":
        if (token.operator === "=" || token.operator === ":=") outcome.run.length = 0;
        if (token.attribute !== "builtin") {
          outcome.run.push(value);
          note(`RUN '${value}'`);
        }
        break;
      default:
    }
  }

  *apply(rules: readonly Rule[]): Blocking<void> {
    for (let index = 0; index < rules.length; index++) {
      const rule = rules[index];
      if (rule === undefined) break;
      if (this.#sys.charge(2)) yield* this.#sys.preempt();
      const parents = rule.tokens.filter((token) => /^(?:KERNELS|SUBSYSTEMS|DRIVERS|ATTRS|TAGS)$/.test(token.key));
      let met = parents.length === 0 || (yield* this.#parentMeets(parents));
      const place = `${rule.file}:${rule.line}`;
      let next: string | undefined;
      for (const token of met ? rule.tokens : []) {
        if (parents.includes(token)) continue;
        const asks = token.operator === "==" || token.operator === "!=" || token.key === "PROGRAM" || token.key === "IMPORT";
        if (asks) met = yield* this.#matches(token);
        else if (token.key === "GOTO") next = token.value;
        else if (token.key !== "LABEL" && token.key !== "OPTIONS") yield* this.#assign(token, place);
        if (!met) break;
      }
      if (met && next !== undefined) {
        const target = rules.findIndex((other, at) => at > index && other.file === rule.file && other.tokens.some((token) => token.key === "LABEL" && token.value === next));
        if (target >= 0) index = target - 1;
      }
    }
  }
}

/** To the journal, as systemd-udevd. */
export function* tell(sys: Sys, message: string): Blocking<void> {
  yield* syslog(sys, { identifier: "systemd-udevd", facility: 3, priority: PRIORITY.warning, message });
}

/** Asks the rules and, unless it is a test, does what they say. */
export function* handleEvent(sys: Sys, device: Device, action: string, rules: readonly Rule[], testing: boolean): Blocking<Outcome> {
  const before = yield* readRecord(sys, device);
  const event = new Event(sys, device, action, yield* propertiesOf(sys, device));
  yield* event.apply(rules);
  const { outcome } = event;
  if (testing) return outcome;
  const node = device.uevent.get("DEVNAME");
  if (node !== undefined) yield* setNode(sys, `/dev/${node}`, outcome);
  for (const link of before.links) if (!outcome.links.has(link)) dropLink(sys, `/dev/${link}`);
  if (node !== undefined) for (const link of outcome.links) yield* makeLink(sys, `/dev/${link}`, `/dev/${node}`);
  for (const [path, value] of outcome.attributes) {
    try {
      const fd = yield* sys.open(path, O.WRONLY);
      yield* sys.write(fd, encode(value));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* tell(sys, `${device.name}: Failed to write ATTR{${path}}="${value}", ignoring: ${error.message}`);
    }
  }
  if (outcome.name !== undefined && outcome.name !== device.name) yield* rename(sys, device, outcome.name);
  const own = new Map([...outcome.properties].filter(([name]) => name !== "ACTION" && !device.uevent.has(name) && name !== "DEVPATH" && name !== "SUBSYSTEM" && name !== "USEC_INITIALIZED"));
  const kept = yield* propertiesOf(sys, device);
  for (const [name, value] of kept) if (own.get(name) === value && !before.properties.has(name)) own.delete(name);
  yield* writeRecord(sys, device, { links: [...outcome.links], properties: own, tags: [...outcome.tags] });
  yield* event.runAll();
  return outcome;
}

function* setNode(sys: Sys, path: string, outcome: Outcome): Blocking<void> {
  if (outcome.owner === undefined && outcome.group === undefined && outcome.mode === undefined) return;
  const accounts = yield* Accounts.read(sys);
  const uid = outcome.owner === undefined ? -1 : /^\d+$/.test(outcome.owner) ? Number(outcome.owner) : accounts.userByName(outcome.owner)?.uid;
  const gid = outcome.group === undefined ? -1 : /^\d+$/.test(outcome.group) ? Number(outcome.group) : accounts.groupByName(outcome.group)?.gid;
  if (uid === undefined) yield* tell(sys, `Failed to resolve user '${outcome.owner ?? ""}', ignoring.`);
  if (gid === undefined) yield* tell(sys, `Failed to resolve group '${outcome.group ?? ""}', ignoring.`);
  try {
    sys.chown(path, uid ?? -1, gid ?? -1);
    // udev(7): with a group and without a mode the group may write
    const mode = outcome.mode ?? (outcome.group === undefined ? undefined : 0o660);
    if (mode !== undefined) sys.chmod(path, mode);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function dropLink(sys: Sys, path: string): void {
  try {
    if ((sys.lstat(path).mode & S.IFMT) === S.IFLNK) sys.unlink(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
}

function* makeLink(sys: Sys, path: string, node: string): Blocking<void> {
  const parts = path.split("/").slice(1, -1);
  try {
    for (let depth = 2; depth <= parts.length; depth++) {
      const directory = `/${parts.slice(0, depth).join("/")}`;
      try {
        sys.stat(directory);
      } catch {
        sys.mkdir(directory, 0o755);
      }
    }
    dropLink(sys, path);
    sys.symlink(`${"../".repeat(parts.length - 1)}${node.slice("/dev/".length)}`, path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* tell(sys, `${node.slice("/dev/".length)}: Failed to create device symlink '${path}', ignoring: ${error.message}`);
  }
}

function* rename(sys: Sys, device: Device, name: string): Blocking<void> {
  const link = sys.rtnetlink({ op: "link-list" }).find((one) => one.name === device.name);
  try {
    if (link !== undefined) sys.rtnetlink({ op: "link-set", index: link.index, name });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* tell(sys, `${device.name}: Failed to rename network interface ${link?.index ?? 0} from '${device.name}' to '${name}': ${error.message}`);
  }
}

/** Every device below /sys/devices, parents first. */
export function* everyDevice(sys: Sys, visit: (device: Device) => Blocking<void>): Blocking<void> {
  const walk = function* (path: string): Blocking<void> {
    const device = yield* deviceAt(sys, path);
    if (device !== undefined) yield* visit(device);
    for (const { name } of sys.readdir(path).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if ((sys.lstat(`${path}/${name}`).mode & 0o170_000) === 0o040_000) yield* walk(`${path}/${name}`);
    }
  };
  yield* walk("/sys/devices");
}
