import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinBy } from "./command-continuation.ts";
import { expandHistoryLine, newExpansionMemory } from "./history-expansion.ts";
import { formatHistoryFile, lastHistoryLines, parseHistoryFile } from "./history-file.ts";
import { ShellHistory } from "./history-list.ts";

const entries = ["echo one two three", "ls /etc/hosts", "tar -czf x.tar.gz dir"].map((text) => ({ text }));

/** [typed, expanded or error] */
const expansions: readonly (readonly [string, string])[] = [
  ["!!", "tar -czf x.tar.gz dir"], ["sudo !!", "sudo tar -czf x.tar.gz dir"], ["!1", "echo one two three"], ["!-2", "ls /etc/hosts"], ["!ec", "echo one two three"], ["!?hosts?", "ls /etc/hosts"],
  ["echo !$", "echo dir"], ["echo !^", "echo -czf"], ["echo !*", "echo -czf x.tar.gz dir"], ["echo !1:2-3", "echo two three"], ["echo !1:0", "echo echo"], ["echo !1:2*", "echo two three"], ["echo !1:1-", "echo one two"],
  ["cat !ls:$:h/x", "cat /etc/x"], ["!ls:$:t", "hosts"], ["!tar:2:r", "x.tar"], ["!tar:2:e", ".gz"], ["!1:s/one/1/", "echo 1 two three"], ["!1:gs/e/E/", "Echo onE two thrEE"], ["!1:q", "'echo one two three'"],
  ["^dir^file", "tar -czf x.tar.gz file"], ["^dir^file^ more", "tar -czf x.tar.gz file more"], ["a !#", "a a "],
  ["!nosuch", "error: !nosuch: event not found"], ["!99", "error: !99: event not found"], ["^zzz^y", "error: :s^zzz^y: substitution failed"], ["!1:9", "error: :9: bad word specifier"],
  ["!1:y", "error: :y: unrecognized history modifier"], ['echo "a!b"', "error: !b: event not found"],
  ["echo 'a!b'", "unchanged"], ["echo a\\!b", "unchanged"], ["echo ! x", "unchanged"], ["[ ! -f x ]", "unchanged"], ["echo ${!x}", "unchanged"], ["echo $!", "unchanged"], ["a # !!", "unchanged"], ["a=!", "unchanged"],
];

describe("history expansion", () => {
  it.each(expansions)("%s", (line, wanted) => {
    const result = expandHistoryLine(line, { entries, base: 1, memory: newExpansionMemory() });
    expect(result.kind === "error" ? `error: ${result.message}` : result.kind === "expanded" ? result.text : "unchanged").toBe(wanted);
  });
});

describe("cmdhist", () => {
  const joins: readonly (readonly [string, string])[] = [
    ["for i in 1 2", "; "], ["for i in 1 2; do", " "], ["echo x |", " "], ["true &&", " "], ["echo 'one", "\n"], ["f() {", " "], ["cat <<EOF", "\n"], ["cat <<EOF\na", "\n"], ["echo a", "; "], ["case x in", " "], ["echo \"$(", "\n"],
  ];
  it.each(joins)("%j is joined by %j", (command, separator) => {
    expect(joinBy(command)).toBe(separator);
  });

  it("makes one entry of a command of several lines", () => {
    const history = new ShellHistory({ getVariable: (name) => (name === "HISTCONTROL" ? "ignoreboth" : undefined), option: () => true, nowSeconds: () => 0 });
    const type = (...lines: string[]): void => lines.forEach((line, index) => (index === 0 ? history.remember(line) : history.rememberContinuation(line)));
    const plain = new ShellHistory({ getVariable: (name) => (name === "HISTCONTROL" ? "ignoreboth" : undefined), option: (name) => name !== "lithist", nowSeconds: () => 0 });
    for (const lines of [["for i in 1", "do echo $i", "done"], ["echo a \\", "b"], ["cat <<E", "x", "E"], [" hidden"], ["cat <<E", "x", "E"], ["echo 'a", "b'"]]) lines.forEach((line, index) => (index === 0 ? plain.remember(line) : plain.rememberContinuation(line)));
    expect(plain.entries.map((entry) => entry.text)).toEqual(["for i in 1; do echo $i; done", "echo a b", "cat <<E\nx\nE\n", "cat <<E\nx\nE\n", "echo 'a\nb'"]);
    type("if true", "then x", "fi");
    expect(history.entries.map((entry) => entry.text)).toEqual(["if true\nthen x\nfi"]);
  });
});

describe("the history file", () => {
  it("with times gives back what was written", () => {
    const entry = fc.record({ text: fc.string({ minLength: 1 }).filter((text) => !/^#\d+$/m.test(text) && text.trim() !== "" && !text.startsWith("\n")), timestampSeconds: fc.nat() });
    fc.assert(fc.property(fc.array(entry), (list) => {
      expect(parseHistoryFile(formatHistoryFile(list, true))).toEqual(list);
    }));
  });

  it("is cut as history_truncate_file of bash 5.2.15 cuts it", () => {
    expect(lastHistoryLines("#100\na1\n#200\na2\nb2\n#300\na3\n", 2)).toBe("b2\n#300\na3\n");
    expect(lastHistoryLines("a1\na2\na3\n", 2)).toBe("a2\na3\n");
    expect(lastHistoryLines("a1\na2\n", 5)).toBe("a1\na2\n");
    expect(lastHistoryLines("a1\na2\n", 0)).toBe("");
  });

  it("has entries of several lines only while times are kept", () => {
    expect(parseHistoryFile("#100\na\nb\n", false).map((entry) => entry.text)).toEqual(["a", "b"]);
    expect(parseHistoryFile("#100\na\nb\n").map((entry) => entry.text)).toEqual(["a\nb"]);
  });
});
