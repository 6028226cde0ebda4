import { describe, expect, test } from "vitest";
import { CommandError, Store } from "./_store.ts";

const make = (): { readonly store: Store; readonly clock: { ms: number } } => {
  const clock = { ms: 1000 };
  return { clock, store: new Store(() => clock.ms, (pattern) => (text) => pattern === "*" || text === pattern) };
};

describe("redis", () => {
  test("strings and times", () => {
    const { store, clock } = make();
    expect(store.run(0, "set", ["a", "1", "EX", "10"])).toEqual({ kind: "simple", text: "OK" });
    expect(store.run(0, "incr", ["a"])).toEqual({ kind: "integer", value: 2 });
    expect(store.run(0, "ttl", ["a"])).toEqual({ kind: "integer", value: 10 });
    clock.ms += 10_000;
    expect(store.run(0, "get", ["a"])).toEqual({ kind: "nil" });
    expect(store.run(0, "ttl", ["a"])).toEqual({ kind: "integer", value: -2 });
  });

  test("lists, and the wrong kind", () => {
    const { store } = make();
    expect(store.run(0, "rpush", ["l", "x", "y", "z"])).toEqual({ kind: "integer", value: 3 });
    expect(store.run(0, "lrange", ["l", "-2", "-1"])).toEqual({ kind: "array", items: [{ kind: "bulk", text: "y" }, { kind: "bulk", text: "z" }] });
    expect(() => store.run(0, "get", ["l"])).toThrow(CommandError);
    expect(() => store.run(0, "get", [])).toThrow("ERR wrong number of arguments for 'get' command");
  });

  test("a snapshot brings everything back", () => {
    const { store } = make();
    store.run(0, "set", ["s", "é\n"]);
    store.run(1, "rpush", ["l", "1", "2"]);
    store.run(1, "sadd", ["m", "a"]);
    store.run(1, "hset", ["h", "k", "v"]);
    store.run(1, "zadd", ["z", "1.5", "m"]);
    const other = make().store;
    other.restore(store.snapshot());
    expect(other.snapshot()).toBe(store.snapshot());
    expect(other.run(1, "zscore", ["z", "m"])).toEqual({ kind: "bulk", text: "1.5" });
  });
});
