import { describe, expect, it } from "vitest";
import { columnRows } from "../../readline/match-list.ts";
import { quoteFilename } from "./quoting.ts";
import { commandLine, completionWords, dequote, type Quote, wordUnderCursor } from "./word-under-cursor.ts";

describe("wordUnderCursor", () => {
  /** [line up to the cursor, start, quote, text] */
  const cases: readonly (readonly [string, number, Quote, string])[] = [
    ["ls /etc/ho", 3, "", "/etc/ho"], ["cat my\\ fi", 4, "", "my fi"], ['cat "my fi', 5, '"', "my fi"], ["cat 'a\"b", 5, "'", 'a"b'], ['ls "big dir"/in', 3, "", "big dir/in"],
    ["dd if=/etc/h", 6, "", "/etc/h"], ["echo $HO", 5, "", "$HO"], ["a;b", 2, "", "b"], ["echo $(who", 7, "", "who"], ["ls ", 3, "", ""],
  ];
  it.each(cases)("%s", (line, start, quote, text) => {
    const word = wordUnderCursor(line, line.length);
    expect([word.start, word.quote, word.text]).toEqual([start, quote, text]);
  });
});

describe("commandLine", () => {
  /** [line up to the cursor, words, in command position] */
  const cases: readonly (readonly [string, readonly string[], boolean])[] = [
    ["who", ["who"], true], ["ls /e", ["ls", "/e"], false], ["a; b c", ["b", "c"], false], ["x | gre", ["gre"], true], ["if tru", ["tru"], true], ["for i in a; do who", ["who"], true],
    ["A=1 B=2 cmd x", ["cmd", "x"], false], ["A=1 cm", ["cm"], true], ["time ls -", ["ls", "-"], false], ["echo $(wh", ["wh"], true], ["ls 'a;b' c", ["ls", "'a;b'", "c"], false],
    ["cmd >out arg", ["cmd", "arg"], false], ["echo ${HO", ["echo", "${HO"], false], ["a && b", ["b"], true], ["ls ", ["ls", ""], false], ["cmd 2>&1 x", ["cmd", "x"], false],
  ];
  it.each(cases)("%s", (line, words, position) => {
    const found = commandLine(line, line.length);
    expect([found.words, found.inCommandPosition]).toEqual([words, position]);
  });

  it("knows what follows a redirection", () => {
    expect(commandLine("cat < /etc/h", 12)).toMatchObject({ words: ["cat", "/etc/h"], redirection: true, inCommandPosition: false });
  });
});

describe("completionWords", () => {
  it("breaks at COMP_WORDBREAKS as bash does", () => {
    expect(completionWords("ssh root@deb --a=b", 12)).toEqual({ words: ["ssh", "root", "@", "deb", "--a", "=", "b"], index: 3 });
    expect(completionWords("ls ", 3)).toEqual({ words: ["ls", ""], index: 1 });
  });
});

describe("quoteFilename", () => {
  const names = ["my file.txt", "it's", "dollar$x", "star*", "semi;colon", "#hash", "back\\slash", "par(en)", "a&b", 'say "x"', "plain"];
  it.each(names)("%s comes back", (name) => {
    for (const quote of ["", "'", '"'] as const) expect(dequote(quoteFilename(name, quote, 0), quote)).toBe(name);
  });

  it("leaves what the shell expands", () => {
    expect(quoteFilename("$HOME/a b", "", 6)).toBe("$HOME/a\\ b");
    expect(quoteFilename("my folder's note", "", 0)).toBe("my\\ folder\\'s\\ note");
  });
});

describe("columnRows", () => {
  const list = (...names: string[]) => names.map((name) => ({ name: name.replace(/\/$/, ""), mark: name.endsWith("/") ? "/" : "" }));
  it("fills columns downwards; a directory's slash eats a blank", () => {
    expect(columnRows(list("alpha/", "alphabet/", "link/"), 80, false)).toEqual(["alpha/    alphabet/ link/     "]);
  });

  it("uses as many columns as its rows need", () => {
    const names = Array.from({ length: 25 }, (_, index) => `name-of-${index + 10}`);
    expect(columnRows(list(...names), 80, false).map((row) => row.trimEnd().split(/\s+/).length)).toEqual([5, 5, 5, 5, 5]);
  });

  it("counts wide characters by columns and takes one column less when the row would be full", () => {
    expect(columnRows(list("日本", "ab"), 80, false)).toEqual(["日本  ab    "]);
    expect(columnRows(list(...Array.from({ length: 5 }, (_, i) => `1234567${i}`)), 40, false)).toEqual(["12345670  12345672  12345674", "12345671  12345673  "]);
  });
});
