import { describe, expect, test } from "vitest";
import { Parser } from "./parser.ts";
import { printCommand } from "./printer.ts";

const text = "greet() { hello there; }\nif true; then hello you; fi\n# a long comment, so that the text is kept\nhello again `hello inside`\n";

function commands(aliases: ReadonlyMap<string, string> | undefined, firstLine = 1): readonly string[] {
  const parser = new Parser(text, { extglob: false, posix: false, complete: true, firstLine, alias: aliases && ((name) => aliases.get(name)) });
  const shown: string[] = [];
  for (;;) {
    const list = parser.nextCommand();
    if (list === undefined) return shown;
    if (list.items.length > 0) shown.push(printCommand({ type: "group", body: list, redirects: [], line: 1 }));
  }
}

describe("a text that is read again", () => {
  const plain = commands(undefined);

  test("gives the same trees, not their like", () => {
    const parse = () => new Parser(text, { extglob: false, posix: false, complete: true, firstLine: 1, alias: undefined }).nextCommand();
    expect(parse()).toBe(parse());
    expect(commands(undefined)).toEqual(plain);
  });

  test("is read anew by who has aliases", () => {
    const aliases = new Map([["hello", "echo good morning"]]);
    const withAliases = plain.map((line) => line.replace(/hello (?!inside)/g, "echo good morning "));
    expect(commands(new Map())).toEqual(plain);
    expect(commands(aliases)).toEqual(withAliases);
    expect(commands(aliases)).toEqual(withAliases);
    expect(commands(new Map([["other", "x"]]))).toEqual(plain);
    expect(commands(undefined)).toEqual(plain);
  });

  test("counts its lines from where it stands", () => {
    const lineOf = (firstLine: number) => JSON.stringify(new Parser(text, { extglob: false, posix: false, complete: true, firstLine, alias: undefined }).nextCommand(), (key, value: unknown) => (key === "line" ? value : typeof value === "object" ? value : undefined));
    expect(lineOf(1)).toBe(lineOf(1));
    expect(lineOf(7)).not.toBe(lineOf(1));
  });
});
