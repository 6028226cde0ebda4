// Carries out nft's commands on a copy of the ruleset: all of an input or nothing of it (nft(8)).
// (More than 400 lines: one case for each command and object.)
import type { NetfilterChain, NetfilterHook, NetfilterRule, NetfilterSet, NftTable } from "../../kernel/sys.ts";
import { type ListOptions, chainText, isManagedByIptables, priorityNumber, setText, tableText } from "./_listing.ts";
import { chainObject, document, ruleObject, setObject, tableObject } from "./_json.ts";
import { type RuleContext, readRule } from "./_rule.ts";
import { NftError, Reader, type Token, tokens } from "./_tokens.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Chain extends Omit<Mutable<NetfilterChain>, "rules"> {
  rules: NetfilterRule[];
}
interface Table extends Omit<Mutable<NftTable>, "chains" | "sets"> {
  chains: Chain[];
  sets: Mutable<NetfilterSet>[];
}

const FAMILIES: ReadonlySet<string> = new Set(["ip", "ip6", "inet", "arp", "bridge", "netdev"]);
const HOOKS: ReadonlyMap<string, NetfilterHook> = new Map([["prerouting", "PREROUTING"], ["input", "INPUT"], ["forward", "FORWARD"], ["output", "OUTPUT"], ["postrouting", "POSTROUTING"]]);

export class Ruleset {
  readonly tables: Table[];
  readonly #options: ListOptions;
  readonly #services: ReadonlyMap<string, number>;
  readonly #variables = new Map<string, string>();
  /** -e */
  readonly #echo: boolean;
  changed = false;
  out = "";
  warnings = "";

  constructor(tables: readonly NftTable[], options: ListOptions, services: ReadonlyMap<string, number>, echo: boolean) {
    this.tables = tables.map((table) => ({ ...table, sets: table.sets.map((set) => ({ ...set })), chains: table.chains.map((chain) => ({ ...chain, rules: [...chain.rules] })) }));
    this.#options = options;
    this.#services = services;
    this.#echo = echo;
  }

  define(name: string, value: string): void {
    this.#variables.set(name, value);
  }

  /** One command; the reader stands behind it afterwards. */
  run(reader: Reader): void {
    const first = reader.peek;
    if (FAMILIES.has(first.text) || first.text === "table" || first.text === "chain" || first.text === "rule" || first.text === "set" || first.text === "element") {
      this.#add(reader, "add");
      return;
    }
    switch (reader.next().text) {
      case "add": case "create": this.#add(reader, first.text === "create" ? "create" : "add"); return;
      case "insert": reader.expect("rule"); this.#rule(reader, "insert"); return;
      case "replace": reader.expect("rule"); this.#rule(reader, "replace"); return;
      case "delete": this.#delete(reader); return;
      case "list": this.#list(reader); return;
      case "flush": this.#flush(reader); return;
      case "rename": {
        reader.expect("chain");
        const chain = this.#chain(reader);
        const name = reader.word().text;
        if (chain.table.chains.some((one) => one.name === name)) throw new NftError("Could not process rule: File exists", chain.token.at, chain.token.length);
        for (const one of chain.table.chains) one.rules = one.rules.map((rule) => (rule.target === chain.chain.name ? { ...rule, target: name, ...(rule.nft !== undefined && { nft: rule.nft.replace(/(jump|goto) \S+$/, `$1 ${name}`) }) } : rule));
        chain.chain.name = name;
        this.changed = true;
        return;
      }
      case "reset": case "monitor": case "describe": case "export": case "import":
        throw new NftError(`"${first.text}" is not simulated here`, first.at, first.length);
      case "define": {
        const name = reader.word().text;
        reader.expect("=");
        let value = "";
        let depth = 0;
        while (!(reader.peek.kind === "end" || (depth === 0 && reader.atBreak && !reader.is("}")))) {
          const token = reader.next();
          if (token.text === "{") depth++;
          if (token.text === "}") depth--;
          value += `${token.kind === "newline" ? " " : token.text} `;
        }
        this.define(name, value.trim());
        return;
      }
      default: throw new NftError(`syntax error, unexpected ${first.kind === "end" || first.kind === "newline" ? first.text : first.kind === "mark" ? `'${first.text}'` : "string"}`, first.at, first.length);
    }
  }

  #family(reader: Reader): NftTable["family"] {
    const { text } = reader.peek;
    if (!FAMILIES.has(text) || reader.peek.kind !== "word") return "ip";
    reader.next();
    return text as NftTable["family"];
  }

  #find(family: string, name: string): Table | undefined {
    return this.tables.find((table) => table.family === family && table.name === name);
  }

  #missing(token: Token, near: readonly { readonly name: string }[], what: string): NftError {
    const close = near.find(({ name }) => name !== token.text && distance(name, token.text) <= Math.max(1, Math.floor(token.text.length / 3)));
    return new NftError(close ? `No such file or directory; did you mean ${what} ‘${close.name}’${what === "table" ? " in family ip" : ""}?` : "Could not process rule: No such file or directory", token.at, token.length);
  }

  #table(reader: Reader): { family: NftTable["family"]; table: Table; token: Token } {
    const family = this.#family(reader);
    const token = reader.word("string");
    const table = this.#find(family, token.text);
    if (!table) throw this.#missing(token, this.tables.filter((one) => one.family === family), "table");
    return { family, table, token };
  }

  #chain(reader: Reader): { table: Table; chain: Chain; token: Token } {
    const { table } = this.#table(reader);
    const token = reader.word("string");
    const chain = table.chains.find((one) => one.name === token.text);
    if (!chain) throw this.#missing(token, table.chains, "chain");
    return { table, chain, token };
  }

  #context(table: Table): RuleContext {
    return { family: table.family, sets: table.sets, services: this.#services, variables: this.#variables };
  }

  #add(reader: Reader, verb: "add" | "create"): void {
    const kind = FAMILIES.has(reader.peek.text) ? "rule" : reader.next().text;
    switch (kind) {
      case "table": {
        const family = this.#family(reader);
        const token = reader.word("string");
        let table = this.#find(family, token.text);
        if (table && verb === "create") throw new NftError("Could not process rule: File exists", token.at, token.length);
        if (!table) {
          table = { family, name: token.text, chains: [], sets: [] };
          this.tables.push(table);
        }
        this.changed = true;
        if (reader.take("{")) this.#tableBlock(reader, table);
        return;
      }
      case "chain": {
        const { table } = this.#table(reader);
        const token = reader.word("string");
        const known = table.chains.find((one) => one.name === token.text);
        if (known && verb === "create") throw new NftError("Could not process rule: File exists", token.at, token.length);
        const chain: Chain = known ?? { name: token.text, policy: undefined, rules: [], packets: 0, bytes: 0 };
        if (reader.take("{")) {
          this.#chainBlock(reader, table, chain);
        }
        if (!known) table.chains.push(chain);
        this.changed = true;
        return;
      }
      case "rule": this.#rule(reader, "add"); return;
      case "set": case "map": {
        const { table } = this.#table(reader);
        const token = reader.word("string");
        if (table.sets.some((one) => one.name === token.text)) {
          if (verb === "create") throw new NftError("Could not process rule: File exists", token.at, token.length);
        }
        reader.expect("{");
        this.#setBlock(reader, table, token.text);
        return;
      }
      case "element": {
        const { set, table } = this.#set(reader);
        reader.expect("{");
        this.#elements(reader, table, set);
        this.#resolve(table);
        return;
      }
      case "flowtable": case "counter": case "quota": case "limit": case "ct": case "secmark": case "synproxy":
        throw new NftError(`named ${kind} objects are not simulated here`, reader.peek.at, reader.peek.length);
      default: throw new NftError(`syntax error, unexpected ${reader.peek.kind === "end" ? "end of file" : "string"}`, reader.peek.at, reader.peek.length);
    }
  }

  #tableBlock(reader: Reader, table: Table): void {
    reader.skipBreaks();
    while (!reader.is("}")) {
      const token = reader.next();
      if (token.text === "chain") {
        const name = reader.word("string").text;
        let chain = table.chains.find((one) => one.name === name);
        if (!chain) {
          chain = { name, policy: undefined, rules: [], packets: 0, bytes: 0 };
          table.chains.push(chain);
        }
        reader.expect("{");
        this.#chainBlock(reader, table, chain);
      } else if (token.text === "set" || token.text === "map") {
        const name = reader.word("string").text;
        reader.expect("{");
        this.#setBlock(reader, table, name);
      } else if (token.text === "comment") reader.word();
      else if (token.text === "flowtable" || token.text === "counter" || token.text === "quota" || token.text === "ct") throw new NftError(`named ${token.text} objects are not simulated here`, token.at, token.length);
      else throw new NftError(`syntax error, unexpected ${token.kind === "end" || token.kind === "newline" ? token.text : "string"}`, token.at, token.length);
      reader.skipBreaks();
    }
    reader.expect("}");
  }

  #chainBlock(reader: Reader, table: Table, chain: Chain): void {
    reader.skipBreaks();
    while (!reader.is("}")) {
      if (reader.is("type")) {
        reader.next();
        const type = reader.word();
        if (type.text !== "filter" && type.text !== "nat" && type.text !== "route") throw new NftError(`unknown chain type`, type.at, type.length);
        reader.expect("hook");
        const hookToken = reader.word();
        const hook = HOOKS.get(hookToken.text);
        if (!hook) throw new NftError(hookToken.text === "ingress" || hookToken.text === "egress" ? `hook "${hookToken.text}" is not simulated here` : `unknown chain hook`, hookToken.at, hookToken.length);
        if (reader.take("device")) reader.word();
        reader.expect("priority");
        const word = reader.word();
        let priority = /^-?\d+$/.test(word.text) ? Number(word.text) : priorityNumber(word.text);
        if (priority === undefined) throw new NftError(`invalid priority expression symbol in this context.`, word.at, word.length);
        if (reader.peek.text === "+" || reader.peek.text === "-") priority += (reader.next().text === "-" ? -1 : 1) * Number(reader.word().text);
        if (type.text === "nat" && hook === "FORWARD") throw new NftError("Could not process rule: Operation not supported", hookToken.at, hookToken.length);
        chain.base = { type: type.text, hook, priority };
        chain.policy ??= "ACCEPT";
      } else if (reader.is("policy")) {
        reader.next();
        const policy = reader.word();
        if (policy.text !== "accept" && policy.text !== "drop") throw new NftError("syntax error, unexpected string, expecting accept or drop", policy.at, policy.length);
        if (!chain.base) throw new NftError("Could not process rule: Operation not supported", policy.at, policy.length);
        chain.policy = policy.text === "drop" ? "DROP" : "ACCEPT";
      } else if (reader.is("comment")) {
        reader.next();
        chain.comment = reader.word().text;
      } else chain.rules.push(readRule(reader, this.#context(table)));
      if (!reader.atBreak) throw reader.unexpected();
      reader.skipBreaks();
    }
    reader.expect("}");
    this.changed = true;
  }

  #setBlock(reader: Reader, table: Table, name: string): void {
    let set = table.sets.find((one) => one.name === name);
    if (!set) {
      set = { name, type: "", flags: [], elements: [] };
      table.sets.push(set);
    }
    reader.skipBreaks();
    while (!reader.is("}")) {
      const token = reader.next();
      if (token.text === "type" || token.text === "typeof") {
        const words = [reader.word().text];
        while (!reader.atBreak) words.push(reader.next().text);
        const [keys = "", data] = words.join(" ").split(" : ");
        set.type = keys;
        if (data !== undefined) set.data = data;
        if (!["ipv4_addr", "ipv6_addr", "inet_service", "ifname", "inet_proto"].includes(set.type)) throw new NftError(`sets of type "${set.type}" are not simulated here`, token.at, token.length);
      } else if (token.text === "flags") {
        const flags = [reader.word().text];
        while (reader.take(",")) flags.push(reader.word().text);
        if (flags.includes("timeout") || flags.includes("dynamic")) throw new NftError("sets whose elements time out are not simulated here", token.at, token.length);
        set.flags = flags;
      } else if (token.text === "elements") {
        reader.expect("=");
        reader.expect("{");
        this.#elements(reader, table, set);
      } else if (token.text === "comment" || token.text === "size" || token.text === "policy") reader.word();
      else if (token.text !== "auto-merge") throw new NftError(`syntax error, unexpected ${token.kind === "end" || token.kind === "newline" ? token.text : "string"}`, token.at, token.length);
      reader.skipBreaks();
    }
    reader.expect("}");
    this.#resolve(table);
  }

  #set(reader: Reader): { table: Table; set: Mutable<NetfilterSet> } {
    const { table } = this.#table(reader);
    const token = reader.word("string");
    const set = table.sets.find((one) => one.name === token.text);
    if (!set) throw this.#missing(token, table.sets, "set");
    return { table, set };
  }

  #elements(reader: Reader, table: Table, set: Mutable<NetfilterSet>, remove = false): void {
    reader.skipNewlines();
    const elements = [...set.elements];
    while (!reader.is("}")) {
      const token = reader.word();
      const range = /[-/]/.test(token.text) && (set.type === "ipv4_addr" || set.type === "inet_service");
      if (range && !set.flags.includes("interval")) throw new NftError("You must add 'flags interval' to your set declaration if you want to add prefix elements", token.at, token.length);
      const bare = set.type === "ifname" ? `"${token.text}"` : set.type === "inet_service" && !/^[\d-]+$/.test(token.text) ? String(this.#services.get(token.text) ?? token.text) : token.text;
      if (set.type === "ipv4_addr" && (!/^[\d./-]+$/.test(token.text) || token.text.split(/[./-]/).some((part) => Number(part) > 255))) throw new NftError("Could not resolve hostname: Name or service not known", token.at, token.length);
      let shown = bare;
      if (reader.take(":")) {
        if (set.data === undefined) throw new NftError("set is not a map", token.at, token.length);
        const value = reader.word();
        const chain = value.text === "jump" || value.text === "goto" ? reader.word().text : undefined;
        if (chain !== undefined && !table.chains.some((one) => one.name === chain)) throw new NftError("Could not process rule: No such file or directory", token.at, token.length);
        shown = `${bare} : ${value.text}${chain === undefined ? "" : ` ${chain}`}`;
      } else if (set.data !== undefined && !remove) throw new NftError("Could not process rule: Invalid argument", token.at, token.length);
      const at = elements.findIndex((one) => one === shown || one.startsWith(`${bare} : `));
      if (remove) {
        if (at < 0) throw new NftError("Could not process rule: No such file or directory", token.at, token.length);
        elements.splice(at, 1);
      } else if (at < 0) elements.push(shown);
      reader.skipNewlines();
      if (!reader.take(",")) break;
      reader.skipNewlines();
    }
    reader.expect("}");
    const key = (element: string): number => keyNumber(element.split(" : ")[0] ?? "");
    const keyNumber = (text: string): number => (text.includes(".") ? (text.split(/[-/]/)[0] ?? "").split(".").reduce((sum, part) => sum * 256 + Number(part), 0) : Number.parseInt(text, 10) || 0);
    set.elements = elements.sort((a, b) => key(a) - key(b));
  }

  /** Rules that name a set hold what is in it: again after a change. */
  #resolve(table: Table): void {
    this.changed = true;
    for (const chain of table.chains) {
      chain.rules = chain.rules.map((rule) => {
        if (!rule.nft?.includes("@")) return rule;
        if (rule.nft.includes("vmap @")) {
          const { parts } = readRule(new Reader(tokens(rule.nft.replace("%c", "counter"))), this.#context(table));
          return { ...rule, ...(parts !== undefined && { parts }) };
        }
        const values = new Map(table.sets.map((set) => [set.name, set.elements.map((one) => one.replaceAll('"', "")).join(",")]));
        const field = (name: string): string | undefined => {
          // "ip saddr != @set"
          const words = rule.nft?.split(" ") ?? [];
          const at = words.indexOf(name);
          const value = at < 0 ? undefined : words[at + 1] === "!=" ? words[at + 2] : words[at + 1];
          return value?.startsWith("@") ? values.get(value.slice(1)) || "0.0.0.0/32" : undefined;
        };
        const source = field("saddr"), destination = field("daddr"), sourcePort = field("sport"), destinationPort = field("dport"), inInterface = field("iifname") ?? field("iif"), outInterface = field("oifname") ?? field("oif");
        return { ...rule, ...(source !== undefined && { source }), ...(destination !== undefined && { destination }), ...(sourcePort !== undefined && { sourcePort }), ...(destinationPort !== undefined && { destinationPort }), ...(inInterface !== undefined && { inInterface }), ...(outInterface !== undefined && { outInterface }) };
      });
    }
  }

  #rule(reader: Reader, verb: "add" | "insert" | "replace"): void {
    const { table, chain } = this.#chain(reader);
    let place = verb === "insert" ? 0 : chain.rules.length;
    if (reader.is("handle") || reader.is("position") || reader.is("index")) {
      const by = reader.next().text;
      const token = reader.word();
      const at = by === "index" ? Number(token.text) : chain.rules.findIndex((rule) => rule.handle === Number(token.text));
      if (at < 0 || at >= chain.rules.length) throw new NftError("Could not process rule: No such file or directory", token.at, token.length);
      place = verb === "add" ? at + 1 : at;
    } else if (verb === "replace") throw reader.unexpected("handle");
    const rule = readRule(reader, this.#context(table));
    const targets = (rule.parts ?? [rule]).map((one) => one.target);
    for (const target of targets) {
      if (target !== "" && !BUILT_IN.has(target) && !table.chains.some((one) => one.name === target)) throw new NftError("Could not process rule: No such file or directory", reader.peek.at - target.length, target.length);
    }
    const nat = ["MASQUERADE", "SNAT", "DNAT", "REDIRECT"].includes(rule.target);
    if (nat && chain.base && chain.base.type !== "nat") throw new NftError("Could not process rule: Operation not supported", reader.peek.at - 1, 1);
    const known = chain.rules[place];
    chain.rules.splice(place, verb === "replace" ? 1 : 0, verb === "replace" && known?.handle !== undefined ? { ...rule, handle: known.handle } : rule);
    if (this.#echo) this.out += `${verb} rule ${table.family} ${table.name} ${chain.name} ${rule.nft?.replace("%c", `counter packets ${rule.packets} bytes ${rule.bytes}`)}\n`;
    this.changed = true;
  }

  #delete(reader: Reader): void {
    const kind = reader.next();
    switch (kind.text) {
      case "table": {
        if (reader.peek.text === "handle" || (FAMILIES.has(reader.peek.text) && reader.second.text === "handle")) {
          const family = this.#family(reader);
          reader.expect("handle");
          const token = reader.word();
          const at = this.tables.findIndex((one) => one.family === family && one.handle === Number(token.text));
          if (at < 0) throw new NftError("Could not process rule: No such file or directory", token.at, token.length);
          this.tables.splice(at, 1);
        } else {
          const { table } = this.#table(reader);
          this.tables.splice(this.tables.indexOf(table), 1);
        }
        break;
      }
      case "chain": {
        const { table, chain, token } = this.#chain(reader);
        if (chain.rules.length > 0 || table.chains.some((one) => one.rules.some((rule) => (rule.parts ?? [rule]).some((part) => part.target === chain.name)))) throw new NftError("Could not process rule: Device or resource busy", token.at, token.length);
        table.chains.splice(table.chains.indexOf(chain), 1);
        break;
      }
      case "rule": {
        const { chain } = this.#chain(reader);
        if (!reader.is("handle")) throw reader.unexpected("handle");
        reader.next();
        const token = reader.word();
        const at = chain.rules.findIndex((rule) => rule.handle === Number(token.text));
        if (at < 0) throw new NftError("Could not process rule: No such file or directory", token.at, token.length);
        chain.rules.splice(at, 1);
        break;
      }
      case "set": case "map": {
        const { table, set } = this.#set(reader);
        if (table.chains.some((chain) => chain.rules.some((rule) => rule.nft?.split(" ").includes(`@${set.name}`)))) throw new NftError("Could not process rule: Device or resource busy", reader.peek.at - set.name.length, set.name.length);
        table.sets.splice(table.sets.indexOf(set), 1);
        break;
      }
      case "element": {
        const { table, set } = this.#set(reader);
        reader.expect("{");
        this.#elements(reader, table, set, true);
        this.#resolve(table);
        break;
      }
      default: throw new NftError(`syntax error, unexpected ${kind.kind === "end" || kind.kind === "newline" ? kind.text : "string"}`, kind.at, kind.length);
    }
    this.changed = true;
  }

  #flush(reader: Reader): void {
    const kind = reader.next();
    switch (kind.text) {
      case "ruleset": {
        const family = FAMILIES.has(reader.peek.text) ? reader.next().text : undefined;
        const left = family === undefined ? [] : this.tables.filter((table) => table.family !== family);
        this.tables.splice(0, this.tables.length, ...left);
        break;
      }
      case "table": for (const chain of this.#table(reader).table.chains) chain.rules = []; break;
      case "chain": this.#chain(reader).chain.rules = []; break;
      case "set": case "map": {
        const { table, set } = this.#set(reader);
        set.elements = [];
        this.#resolve(table);
        break;
      }
      default: throw new NftError(`syntax error, unexpected ${kind.kind === "end" || kind.kind === "newline" ? kind.text : "string"}`, kind.at, kind.length);
    }
    this.changed = true;
  }

  #warn(table: Table): void {
    if (isManagedByIptables(table)) this.warnings += `# Warning: table ${table.family} ${table.name} is managed by iptables-nft, do not touch!\n`;
  }

  /** -j: the same choice of things, as JSON. */
  #listJson(reader: Reader): void {
    const kind = reader.next();
    const family = (): string | undefined => (FAMILIES.has(reader.peek.text) ? reader.next().text : undefined);
    const objects: Parameters<typeof document>[0][number][] = [];
    const whole = (table: Table): void => {
      objects.push(tableObject(table), ...table.sets.map((set) => setObject(table, set)), ...table.chains.map((chain) => chainObject(table, chain)), ...table.chains.flatMap((chain) => chain.rules.map((rule) => ruleObject(table, chain, rule))));
    };
    if (kind.text === "table") whole(this.#table(reader).table);
    else if (kind.text === "chain") {
      const { table, chain } = this.#chain(reader);
      objects.push(chainObject(table, chain), ...chain.rules.map((rule) => ruleObject(table, chain, rule)));
    } else if (kind.text === "set" || kind.text === "map") {
      const { table, set } = this.#set(reader);
      objects.push(setObject(table, set));
    } else if (kind.text === "ruleset" || kind.text === "tables" || kind.text === "chains" || kind.text === "sets" || kind.text === "maps") {
      const wanted = family();
      for (const table of this.tables) {
        if (wanted !== undefined && table.family !== wanted) continue;
        if (kind.text === "ruleset") whole(table);
        else if (kind.text === "tables") objects.push(tableObject(table));
        else if (kind.text === "chains") objects.push(...table.chains.map((chain) => chainObject(table, chain)));
        else objects.push(...table.sets.filter((set) => (set.data === undefined) === (kind.text === "sets")).map((set) => setObject(table, set)));
      }
    } else throw new NftError(`syntax error, unexpected ${kind.kind === "end" || kind.kind === "newline" ? kind.text : "string"}`, kind.at, kind.length);
    this.out += document(objects);
  }

  #list(reader: Reader): void {
    if (this.#options.json === true) {
      this.#listJson(reader);
      return;
    }
    const kind = reader.next();
    const options = this.#options;
    switch (kind.text) {
      case "ruleset": {
        const family = FAMILIES.has(reader.peek.text) ? reader.next().text : undefined;
        for (const table of this.tables) {
          if (family !== undefined && table.family !== family) continue;
          this.#warn(table);
          this.out += tableText(table, options);
        }
        return;
      }
      case "tables": {
        const family = FAMILIES.has(reader.peek.text) ? reader.next().text : undefined;
        for (const table of this.tables) if (family === undefined || table.family === family) this.out += `table ${table.family} ${table.name}\n`;
        return;
      }
      case "chains": {
        const family = FAMILIES.has(reader.peek.text) ? reader.next().text : undefined;
        for (const table of this.tables) {
          if (family !== undefined && table.family !== family) continue;
          const chains = table.chains.map((chain) => chainText({ ...chain, rules: [] }, table.family, options));
          this.out += `table ${table.family} ${table.name} {\n${chains.join("")}}\n`;
        }
        return;
      }
      case "table": {
        const { table } = this.#table(reader);
        this.#warn(table);
        this.out += tableText(table, options);
        return;
      }
      case "chain": {
        const { table, chain } = this.#chain(reader);
        this.#warn({ ...table, chains: [chain] });
        this.out += `table ${table.family} ${table.name} {\n${chainText(chain, table.family, options)}}\n`;
        return;
      }
      case "sets": case "maps":
        for (const table of this.tables) this.out += `table ${table.family} ${table.name} {\n${table.sets.filter((set) => (set.data === undefined) === (kind.text === "sets")).map((set) => setText(set, options)).join("")}}\n`;
        return;
      case "set": case "map": {
        const { table, set } = this.#set(reader);
        this.out += `table ${table.family} ${table.name} {\n${setText(set, options)}}\n`;
        return;
      }
      case "counters": case "quotas": case "flowtables": case "meters": case "limits":
        for (const table of this.tables) this.out += `table ${table.family} ${table.name} {\n}\n`;
        return;
      default: throw new NftError(`syntax error, unexpected ${kind.kind === "end" || kind.kind === "newline" ? kind.text : "string"}`, kind.at, kind.length);
    }
  }
}

const BUILT_IN: ReadonlySet<string> = new Set(["ACCEPT", "DROP", "RETURN", "REJECT", "MASQUERADE", "SNAT", "DNAT", "REDIRECT", "LOG"]);

/** Levenshtein's, as nft's string_misspell. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
