import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode } from "../bytes.ts";
import type { Termios } from "../sys.ts";
import { LineDiscipline } from "./line-discipline.ts";
import { DEFAULT_TERMIOS } from "./termios.ts";

interface Bench {
  readonly tty: LineDiscipline;
  readonly signals: string[];
  echoed: string;
  type(keys: string): string;
  lines(): string[];
}

function bench(change: (flags: Set<string>) => void = () => undefined, more: Partial<Termios> = {}): Bench {
  const signals: string[] = [];
  const made: { echoed: number[] } = { echoed: [] };
  const tty = new LineDiscipline({ echo: (bytes) => made.echoed.push(...bytes), signal: (kind) => signals.push(kind), changed: () => undefined });
  const base = DEFAULT_TERMIOS;
  const flags = new Set(base.flags);
  change(flags);
  tty.setTermios({ ...base, flags, ...more });
  return {
    tty, signals,
    get echoed() {
      return decode(Uint8Array.from(made.echoed));
    },
    set echoed(_text) {
      made.echoed = [];
    },
    type(keys) {
      made.echoed = [];
      tty.input(encode(keys));
      return decode(Uint8Array.from(made.echoed));
    },
    lines() {
      const result: string[] = [];
      for (let bytes = tty.read(4096); bytes !== undefined; bytes = tty.read(4096)) result.push(decode(bytes));
      return result;
    },
  };
}

/** What a terminal shows in the row of the cursor. */
function render(bytes: string): string {
  let cells: string[] = [];
  let column = 0;
  for (const character of bytes) {
    if (character === "\b") column = Math.max(0, column - 1);
    else if (character === "\r") column = 0;
    else if (character === "\n") {
      cells = [];
    } else if (character === "\t") column = (column | 7) + 1;
    else if (character >= " ") {
      while (cells.length < column) cells.push(" ");
      cells[column++] = character;
    }
  }
  return `${cells.join("").trimEnd()}@${column}`;
}

const shown = (line: string): string => {
  let text = "";
  for (const character of line) {
    if (character === "\t") text = text.padEnd((text.length | 7) + 1);
    else text += character < " " ? `^${String.fromCharCode(character.charCodeAt(0) ^ 64)}` : character;
  }
  return `${text.trimEnd()}@${text.length}`;
};

function editModel(line: string, key: string): string {
  switch (key) {
    case "\u007f": return [...line].slice(0, -1).join("");
    case "\u0015": return "";
    case "\u0017": return line.replace(/[A-Za-z0-9_é日]*[^A-Za-z0-9_é日]*$/, "");
    default: return line + key;
  }
}

describe("canonical mode", () => {
  test("editing keys, as recorded in tty-keys-in-cat.keys", () => {
    const b = bench();
    expect(b.type("\u001b[A")).toBe("^[[A");
    expect(b.type("\u007f")).toBe("\b \b");
    expect(b.type("\u0015")).toBe("\b \b".repeat(3));
    expect(b.type("a\tb")).toBe("a\tb");
    expect(b.type("\u007f\u007f")).toBe(`\b \b${"\b".repeat(7)}`);
    expect(b.type("\u007f")).toBe("\b \b");
    expect(b.type("\u0016\u0003")).toBe("^\b^C");
    expect(b.type("\r")).toBe("\r\n");
    expect(b.lines()).toEqual(["\u0003\n"]);
    expect(b.type("line\u0012")).toBe("line^R\r\nline");
    expect(b.type(" two  \u0017")).toBe(` two  ${"\b \b".repeat(5)}`);
    expect(b.type("\r")).toBe("\r\n");
    expect(b.type("part\u0004")).toBe("part");
    expect(b.lines()).toEqual(["line \n", "part"]);
    expect(b.type("\u0004")).toBe("");
    expect(b.lines()).toEqual([""]);
    expect(b.type("é日\u007f\u007f\r")).toBe("é日\b \b\b \b\r\n");
    expect(b.lines()).toEqual(["\n"]);
  });

  test("signals flush the line and start stopped output", () => {
    const b = bench();
    expect(b.type("abc\u0003")).toBe("abc^C");
    expect(b.type("\u0013")).toBe("");
    expect(b.tty.stopped).toBe(true);
    b.type("\u001a");
    expect([b.tty.stopped, b.signals]).toEqual([false, ["interrupt", "suspend"]]);
    b.type("x\r");
    expect(b.lines()).toEqual(["x\n"]);
    const keep = bench((flags) => flags.add("noflsh"));
    keep.type("abc\u001c\r");
    expect([keep.lines(), keep.signals]).toEqual([["abc\n"], ["quit"]]);
  });

  test("without echo, with echonl, without icrnl, kill without echoke", () => {
    expect(bench((flags) => flags.delete("echo")).type("pw\u007f\r")).toBe("");
    expect(bench((flags) => {
      flags.delete("echo");
      flags.add("echonl");
    }).type("pw\r")).toBe("\r\n");
    expect(bench((flags) => flags.delete("icrnl")).type("a\r")).toBe("a^M");
    expect(bench((flags) => flags.delete("echoke")).type("ab\u0015c")).toBe("ab^U\r\nc");
    expect(bench((flags) => flags.delete("echoe")).type("ab\u007f")).toBe("ab^?");
  });

  test("a line of more than 4095 bytes keeps its first part", () => {
    const b = bench();
    b.type("x".repeat(5000));
    b.type("\u007f\r");
    const [line] = b.lines();
    expect(line).toBe(`${"x".repeat(4094)}\n`);
  });

  test("what is typed is what is read and what is seen", () => {
    const key = fc.constantFrom("a", "b", "7", "_", " ", ".", "\t", "\u0001", "é", "\u007f", "\u007f", "\u0015", "\u0017");
    fc.assert(fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const b = bench();
      let line = "";
      let echoed = "";
      for (const one of keys) {
        echoed += b.type(one);
        line = editModel(line, one);
        expect(render(echoed)).toBe(shown(line));
      }
      b.type("\r");
      expect(b.lines()).toEqual([`${line}\n`]);
    }));
  });
});

describe("raw mode", () => {
  test("every byte passes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const b = bench((flags) => flags.clear());
      b.tty.input(bytes);
      const read = b.tty.read(4096) ?? new Uint8Array(0);
      expect([...read]).toEqual([...bytes]);
      expect(b.echoed).toBe("");
      expect([...b.tty.output(bytes)]).toEqual([...bytes]);
    }));
  });

  test("typed ahead in canonical mode can be read after the change, and the other way round", () => {
    const b = bench();
    b.type("ab\rcd");
    const raw = new Set(b.tty.termios.flags);
    raw.delete("icanon");
    b.tty.setTermios({ ...b.tty.termios, flags: raw });
    expect(b.lines()).toEqual(["ab\ncd"]);
    b.type("\u0004x");
    b.tty.setTermios({ ...b.tty.termios, flags: new Set([...raw, "icanon"]) });
    expect(b.lines()).toEqual(["\u0004x"]);
  });
});

test("output: newlines, and columns that tabs in the echo count from", () => {
  const b = bench();
  expect(decode(b.tty.output(encode("a\nb")))).toBe("a\r\nb");
  expect(decode(bench((flags) => flags.delete("opost")).tty.output(encode("a\nb")))).toBe("a\nb");
  expect(decode(bench((flags) => flags.add("ocrnl")).tty.output(encode("a\rb")))).toBe("a\nb");
  b.tty.output(encode("\rprompt$ "));
  expect(b.type("\t\u007f")).toBe(`\t${"\b".repeat(8)}`);
});
