// The data of redis-server and the commands on it. Keys and fields are Maps; times are milliseconds since the epoch.

import type { RespValue } from "../kit/resp.ts";

type Value =
  | { readonly type: "string"; text: string }
  | { readonly type: "list"; readonly items: string[] }
  | { readonly type: "set"; readonly members: Set<string> }
  | { readonly type: "hash"; readonly fields: Map<string, string> }
  | { readonly type: "zset"; readonly scores: Map<string, number> };

interface Entry {
  readonly value: Value;
  expiresMs: number | undefined;
}

/** What a command answers when it is wrong. */
export class CommandError extends Error {}

const WRONG_TYPE = "WRONGTYPE Operation against a key holding the wrong kind of value";
const NOT_INTEGER = "ERR value is not an integer or out of range";
const SYNTAX = "ERR syntax error";
const OK: RespValue = { kind: "simple", text: "OK" };
const NIL: RespValue = { kind: "nil" };
const integer = (value: number): RespValue => ({ kind: "integer", value });
const bulk = (text: string | undefined): RespValue => (text === undefined ? NIL : { kind: "bulk", text });
const array = (items: readonly (string | undefined)[]): RespValue => ({ kind: "array", items: items.map(bulk) });

export class Store {
  readonly #databases = new Map<number, Map<string, Entry>>();
  readonly #nowMs: () => number;
  readonly #matcher: (pattern: string) => (text: string) => boolean;
  /** changes since the last save */
  dirty = 0;

  constructor(nowMs: () => number, matcher: (pattern: string) => (text: string) => boolean) {
    this.#nowMs = nowMs;
    this.#matcher = matcher;
  }

  database(number: number): Map<string, Entry> {
    let found = this.#databases.get(number);
    if (found === undefined) {
      found = new Map();
      this.#databases.set(number, found);
    }
    return found;
  }

  get numbers(): readonly number[] {
    return [...this.#databases].filter(([, keys]) => keys.size > 0).map(([number]) => number).sort((a, b) => a - b);
  }

  clear(number?: number): void {
    if (number === undefined) this.#databases.clear();
    else this.#databases.delete(number);
    this.dirty++;
  }

  /** JSON, for the snapshot on disk. */
  snapshot(): string {
    return JSON.stringify([...this.#databases].map(([number, keys]) => [number, [...keys].map(([key, { value, expiresMs }]) => [key, value.type, value.type === "string" ? value.text : value.type === "list" ? value.items : value.type === "set" ? [...value.members] : value.type === "hash" ? [...value.fields] : [...value.scores], expiresMs ?? null])]));
  }

  restore(text: string): void {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return;
    for (const [number, keys] of parsed as readonly (readonly [number, readonly (readonly [string, Value["type"], string | readonly string[] | readonly (readonly [string, string & number])[], number | null])[]])[]) {
      for (const [key, type, data, expires] of keys) {
        const list = typeof data === "string" ? [] : data;
        const pairs = list.filter((one) => Array.isArray(one)) as readonly (readonly [string, string & number])[];
        const words = list.filter((one) => typeof one === "string");
        const value: Value = type === "string" ? { type, text: typeof data === "string" ? data : "" } : type === "list" ? { type, items: [...words] } : type === "set" ? { type, members: new Set(words) } : type === "hash" ? { type, fields: new Map(pairs) } : { type, scores: new Map(pairs) };
        this.database(number).set(key, { value, expiresMs: expires ?? undefined });
      }
    }
  }

  /** Undefined: no command of this store. Throws CommandError. */
  run(number: number, name: string, args: readonly string[]): RespValue | undefined {
    const keys = this.database(number);
    const entry = (key: string): Entry | undefined => {
      const found = keys.get(key);
      if (found?.expiresMs !== undefined && found.expiresMs <= this.#nowMs()) {
        keys.delete(key);
        return undefined;
      }
      return found;
    };
    const need = (least: number, most = least): void => {
      if (args.length < least || args.length > most) throw new CommandError(`ERR wrong number of arguments for '${name}' command`);
    };
    const [key = "", first = "", second = ""] = args;
    const put = (at: string, value: Value, expiresMs?: number): void => {
      keys.set(at, { value, expiresMs });
      this.dirty++;
    };
    const typed = <T extends Value["type"]>(type: T, make: () => Extract<Value, { type: T }>, at = key): Extract<Value, { type: T }> => {
      const found = entry(at);
      if (found === undefined) return make();
      if (found.value.type !== type) throw new CommandError(WRONG_TYPE);
      return found.value as Extract<Value, { type: T }>;
    };
    const list = (): Extract<Value, { type: "list" }> => typed("list", () => ({ type: "list", items: [] }));
    const set = (at = key): Extract<Value, { type: "set" }> => typed("set", () => ({ type: "set", members: new Set() }), at);
    const hash = (): Extract<Value, { type: "hash" }> => typed("hash", () => ({ type: "hash", fields: new Map() }));
    const zset = (): Extract<Value, { type: "zset" }> => typed("zset", () => ({ type: "zset", scores: new Map() }));
    const text = (at = key): string | undefined => {
      const found = entry(at);
      if (found === undefined) return undefined;
      if (found.value.type !== "string") throw new CommandError(WRONG_TYPE);
      return found.value.text;
    };
    const whole = (word: string): number => {
      if (!/^-?\d{1,16}$/.test(word)) throw new CommandError(NOT_INTEGER);
      return Number(word);
    };
    /** Keeps the entry while it holds something. */
    const keep = (value: Exclude<Value, { type: "string" }>): void => {
      const size = value.type === "list" ? value.items.length : value.type === "set" ? value.members.size : value.type === "hash" ? value.fields.size : value.scores.size;
      const expires = keys.get(key)?.expiresMs;
      if (size === 0) keys.delete(key);
      else keys.set(key, { value, expiresMs: expires });
      this.dirty++;
    };
    const range = (size: number, from: string, to: string): readonly [number, number] => {
      const start = whole(from);
      const end = whole(to);
      return [Math.max(0, start < 0 ? size + start : start), Math.min(size - 1, end < 0 ? size + end : end)];
    };
    const add = (delta: number): RespValue => {
      const next = whole(text() ?? "0") + delta;
      put(key, { type: "string", text: String(next) }, entry(key)?.expiresMs);
      return integer(next);
    };
    switch (name) {
      case "get": need(1); return bulk(text());
      case "set": {
        need(2, 8);
        let expires: number | undefined;
        let condition = "";
        let returnsOld = false;
        for (let at = 2; at < args.length; at++) {
          const option = (args[at] ?? "").toUpperCase();
          if (option === "EX") expires = this.#nowMs() + whole(args[++at] ?? "") * 1000;
          else if (option === "PX") expires = this.#nowMs() + whole(args[++at] ?? "");
          else if (option === "NX" || option === "XX") condition = option;
          else if (option === "KEEPTTL") expires = entry(key)?.expiresMs;
          else if (option === "GET") returnsOld = true;
          else throw new CommandError(SYNTAX);
        }
        const old = returnsOld ? text() : undefined;
        if ((condition === "NX" && entry(key) !== undefined) || (condition === "XX" && entry(key) === undefined)) return returnsOld ? bulk(old) : NIL;
        put(key, { type: "string", text: first }, expires);
        return returnsOld ? bulk(old) : OK;
      }
      case "setnx": {
        need(2);
        if (entry(key) !== undefined) return integer(0);
        put(key, { type: "string", text: first });
        return integer(1);
      }
      case "setex":
        need(3);
        put(key, { type: "string", text: second }, this.#nowMs() + whole(first) * 1000);
        return OK;
      case "getset": {
        need(2);
        const old = text();
        put(key, { type: "string", text: first });
        return bulk(old);
      }
      case "getdel": {
        need(1);
        const old = text();
        keys.delete(key);
        return bulk(old);
      }
      case "mset":
        if (args.length === 0 || args.length % 2 !== 0) throw new CommandError("ERR wrong number of arguments for 'mset' command");
        for (let at = 0; at < args.length; at += 2) put(args[at] ?? "", { type: "string", text: args[at + 1] ?? "" });
        return OK;
      case "mget": need(1, 1000); return array(args.map((one) => { const found = entry(one); return found?.value.type === "string" ? found.value.text : undefined; }));
      case "append": {
        need(2);
        const next = (text() ?? "") + first;
        put(key, { type: "string", text: next }, entry(key)?.expiresMs);
        return integer(next.length);
      }
      case "strlen": need(1); return integer((text() ?? "").length);
      case "incr": need(1); return add(1);
      case "decr": need(1); return add(-1);
      case "incrby": need(2); return add(whole(first));
      case "decrby": need(2); return add(-whole(first));
      case "del": case "unlink": {
        need(1, 1000);
        let count = 0;
        for (const one of args) if (entry(one) !== undefined && keys.delete(one)) count++;
        this.dirty += count;
        return integer(count);
      }
      case "exists": need(1, 1000); return integer(args.filter((one) => entry(one) !== undefined).length);
      case "type": need(1); return { kind: "simple", text: entry(key)?.value.type ?? "none" };
      case "keys": {
        need(1);
        const matches = this.#matcher(key);
        return array([...keys.keys()].filter((one) => entry(one) !== undefined && matches(one)));
      }
      case "scan": return { kind: "array", items: [bulk("0"), array([...keys.keys()].filter((one) => entry(one) !== undefined))] };
      case "randomkey": return bulk([...keys.keys()][0]);
      case "rename": {
        need(2);
        const found = entry(key);
        if (found === undefined) throw new CommandError("ERR no such key");
        keys.delete(key);
        keys.set(first, found);
        this.dirty++;
        return OK;
      }
      case "expire": case "pexpire": {
        need(2, 3);
        const found = entry(key);
        if (found === undefined) return integer(0);
        found.expiresMs = this.#nowMs() + whole(first) * (name === "expire" ? 1000 : 1);
        this.dirty++;
        return integer(1);
      }
      case "ttl": case "pttl": {
        need(1);
        const found = entry(key);
        if (found === undefined) return integer(-2);
        if (found.expiresMs === undefined) return integer(-1);
        return integer(name === "ttl" ? Math.round((found.expiresMs - this.#nowMs()) / 1000) : found.expiresMs - this.#nowMs());
      }
      case "persist": {
        need(1);
        const found = entry(key);
        if (found?.expiresMs === undefined) return integer(0);
        found.expiresMs = undefined;
        return integer(1);
      }
      case "lpush": case "rpush": {
        need(2, 10_000);
        const value = list();
        for (const one of args.slice(1)) value.items[name === "lpush" ? "unshift" : "push"](one);
        keep(value);
        return integer(value.items.length);
      }
      case "lpop": case "rpop": {
        need(1, 2);
        const value = list();
        if (args.length === 1) {
          const item = name === "lpop" ? value.items.shift() : value.items.pop();
          if (item !== undefined) keep(value);
          return bulk(item);
        }
        const count = Math.min(whole(first), value.items.length);
        const items = name === "lpop" ? value.items.splice(0, count) : value.items.splice(value.items.length - count, count).reverse();
        if (items.length === 0) return NIL;
        keep(value);
        return array(items);
      }
      case "llen": need(1); return integer(list().items.length);
      case "lindex": { need(2); const { items } = list(); return bulk(items.at(whole(first))); }
      case "lrange": { need(3); const { items } = list(); const [from, to] = range(items.length, first, second); return array(items.slice(from, to + 1)); }
      case "lset": {
        need(3);
        const value = list();
        const at = whole(first) < 0 ? value.items.length + whole(first) : whole(first);
        if (value.items.length === 0) throw new CommandError("ERR no such key");
        if (at < 0 || at >= value.items.length) throw new CommandError("ERR index out of range");
        value.items[at] = second;
        keep(value);
        return OK;
      }
      case "sadd": case "srem": {
        need(2, 10_000);
        const value = set();
        const before = value.members.size;
        for (const one of args.slice(1)) value.members[name === "sadd" ? "add" : "delete"](one);
        const changed = Math.abs(value.members.size - before);
        keep(value);
        return integer(changed);
      }
      case "smembers": need(1); return array([...set().members]);
      case "sismember": need(2); return integer(Number(set().members.has(first)));
      case "scard": need(1); return integer(set().members.size);
      case "sinter": case "sunion": case "sdiff": {
        need(1, 1000);
        const [base, ...others] = args.map((one) => set(one).members);
        const all = [...(base ?? [])];
        if (name === "sunion") return array([...new Set([...all, ...others.flatMap((one) => [...one])])]);
        return array(all.filter((one) => (name === "sinter" ? others.every((each) => each.has(one)) : !others.some((each) => each.has(one)))));
      }
      case "hset": case "hmset": {
        if (args.length < 3 || args.length % 2 === 0) throw new CommandError(`ERR wrong number of arguments for '${name}' command`);
        const value = hash();
        const before = value.fields.size;
        for (let at = 1; at < args.length; at += 2) value.fields.set(args[at] ?? "", args[at + 1] ?? "");
        keep(value);
        return name === "hmset" ? OK : integer(value.fields.size - before);
      }
      case "hget": need(2); return bulk(hash().fields.get(first));
      case "hmget": { need(2, 1000); const { fields } = hash(); return array(args.slice(1).map((one) => fields.get(one))); }
      case "hgetall": need(1); return array([...hash().fields].flat());
      case "hkeys": need(1); return array([...hash().fields.keys()]);
      case "hvals": need(1); return array([...hash().fields.values()]);
      case "hlen": need(1); return integer(hash().fields.size);
      case "hexists": need(2); return integer(Number(hash().fields.has(first)));
      case "hdel": {
        need(2, 1000);
        const value = hash();
        const count = args.slice(1).filter((one) => value.fields.delete(one)).length;
        keep(value);
        return integer(count);
      }
      case "hincrby": {
        need(3);
        const value = hash();
        const next = whole(value.fields.get(first) ?? "0") + whole(second);
        value.fields.set(first, String(next));
        keep(value);
        return integer(next);
      }
      case "zadd": {
        if (args.length < 3 || args.length % 2 === 0) throw new CommandError(args.length < 3 ? "ERR wrong number of arguments for 'zadd' command" : SYNTAX);
        const value = zset();
        const before = value.scores.size;
        for (let at = 1; at < args.length; at += 2) {
          const score = Number(args[at]);
          if (Number.isNaN(score)) throw new CommandError("ERR value is not a valid float");
          value.scores.set(args[at + 1] ?? "", score);
        }
        keep(value);
        return integer(value.scores.size - before);
      }
      case "zincrby": {
        need(3);
        const value = zset();
        const next = (value.scores.get(second) ?? 0) + Number(first);
        value.scores.set(second, next);
        keep(value);
        return bulk(String(next));
      }
      case "zrange": case "zrevrange": {
        need(3, 5);
        const ordered = [...zset().scores].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
        if (name === "zrevrange" || args.some((one) => one.toUpperCase() === "REV")) ordered.reverse();
        const [from, to] = range(ordered.length, first, second);
        const withScores = args.some((one) => one.toUpperCase() === "WITHSCORES");
        return array(ordered.slice(from, to + 1).flatMap(([member, score]) => (withScores ? [member, String(score)] : [member])));
      }
      case "zscore": { need(2); const score = zset().scores.get(first); return bulk(score === undefined ? undefined : String(score)); }
      case "zcard": need(1); return integer(zset().scores.size);
      case "zrank": { need(2); const at = [...zset().scores].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).findIndex(([member]) => member === first); return at < 0 ? NIL : integer(at); }
      case "zrem": {
        need(2, 1000);
        const value = zset();
        const count = args.slice(1).filter((one) => value.scores.delete(one)).length;
        keep(value);
        return integer(count);
      }
      case "dbsize": return integer([...keys.keys()].filter((one) => entry(one) !== undefined).length);
      case "flushdb": this.clear(number); return OK;
      case "flushall": this.clear(); return OK;
      default: return undefined;
    }
  }
}
