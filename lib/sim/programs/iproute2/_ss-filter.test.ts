import { describe, expect, test } from "vitest";
import type { SocketInfo } from "../../kernel/sys.ts";
import { FilterError, parseFilter } from "./_ss-filter.ts";

const info: SocketInfo = { family: "inet", type: "stream", state: "ESTAB", local: { family: "inet", address: "10.0.2.15", port: 22 }, remote: { family: "inet", address: "10.0.2.2", port: 40_000 }, inode: 1, receiveQueueBytes: 0, sendQueueBytes: 0 };
const socket = { info, localAddress: "10.0.2.15", localPort: 22, remoteAddress: "10.0.2.2", remotePort: 40_000 };
const portOf = (name: string): number | undefined => (name === "ssh" ? 22 : /^\d+$/.test(name) ? Number(name) : undefined);

describe("filters of ss", () => {
  test.each([
    [["sport = :22"], true], [["sport", "=", ":ssh"], true], [["dport = :22"], false], [["sport", ">=", ":1024"], false], [["dst 10.0.2.0/24"], true], [["src", "10.0.2.15:22"], true], [["( sport = :80 or sport = :22 )"], true], [["not", "sport", "=", ":22"], false], [["sport = :22 and dport = :1"], false], [["! ( dport = :1 )"], true], [[], true],
  ])("%j", (words, expected) => {
    expect(parseFilter(words, portOf).test(socket)).toBe(expected);
  });

  test("states", () => {
    expect([...(parseFilter(["state", "listening"], portOf).states ?? [])]).toEqual(["LISTEN"]);
    expect(parseFilter(["exclude", "established"], portOf).states?.has("ESTAB")).toBe(false);
  });

  test.each([[["foo"]], [["sport", "=", ":nosuch"]], [["("]], [["state", "nosuch"]]])("%j is refused", (words) => {
    expect(() => parseFilter(words, portOf)).toThrow(FilterError);
  });
});
