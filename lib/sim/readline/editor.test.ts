import { describe, expect, it } from "vitest";
import { Screen } from "../../session/screen.ts";
import type { Blocking } from "../kernel/sys.ts";
import { ShellHistory } from "../shell/readline/history-list.ts";
import { coreFunctions } from "./core-functions.ts";
import { type BoundFunction, Editor } from "./editor.ts";
import type { EditorHost } from "./editor-host.ts";
import type { EditorTerminal } from "./editor-terminal.ts";
import { defaultKeymaps } from "./keymap.ts";
import { ReadlineSettings } from "./settings.ts";

interface Prompted {
  /** Types keys; the lines that Enter ended so far. */
  type(keys: string): readonly string[];
  readonly screen: Screen;
}

/** A prompt "$ " on a small screen, with a history; lines that are entered are remembered and not run. */
function prompted(history: readonly string[] = [], options: readonly string[] = []): Prompted {
  const screen = new Screen(30, 8);
  const encoder = new TextEncoder();
  const input: string[] = [];
  const on = new Set(["cmdhist", "history", ...options]);
  const list = new ShellHistory({ getVariable: () => undefined, option: (name) => on.has(name), nowSeconds: () => 0 });
  for (const text of history) list.add(text);
  const host: EditorHost = {
    history: list, option: (name) => on.has(name), setOption: (name, value) => void (value ? on.add(name) : on.delete(name)), expandTilde: () => undefined,
  };
  const write = (text: string): void => screen.write(encoder.encode(text.replaceAll(/\r?\n/g, "\r\n")));
  let timedOut = false;
  const terminal: EditorTerminal = {
    cols: 30, rows: 8, echoing: true,
    pending: () => input.length > 0,
    // a blocked read: the driver resumes it once there are keys, or with a time-out
    *readKey(timeoutUs) {
      for (;;) {
        const key = input.shift();
        if (key !== undefined) return key;
        timedOut = false;
        yield undefined as never;
        if (timedOut && timeoutUs !== null) return undefined;
      }
    },
    *write(text) { write(text); },
    *release() {},
    *acquire() {},
  };
  const functions = new Map(coreFunctions);
  class TestEditor extends Editor {
    readonly host = host;
    protected functionNamed(name: string): BoundFunction | undefined {
      const found = functions.get(name);
      return found && ((count, key) => found(this, count, key));
    }
  }
  const editor = new TestEditor({ settings: new ReadlineSettings(), maps: defaultKeymaps(), terminal });
  const lines: string[] = [];
  function* loop(): Blocking<void> {
    for (;;) {
      const line = yield* editor.readLine("$ ", {});
      write(editor.display.take());
      if (line === undefined) return;
      lines.push(line);
      list.remember(line);
    }
  }
  const running = loop();
  running.next();
  return {
    screen,
    type(keys) {
      input.push(...keys);
      running.next();
      timedOut = true;
      running.next();
      return lines;
    },
  };
}

/** [what is tried, history, keys, the rows, the cursor] */
const cases: readonly (readonly [string, readonly string[], string, string[], readonly [number, number]])[] = [
  ["insertion in the middle", [], "echo hello\x1b[D\x1b[DX", ["$ echo helXlo"], [0, 11]],
  ["Home, word, End", [], "one two\x1b[H\x1bf!\x1b[F?", ["$ one! two?"], [0, 11]],
  ["kills are joined", [], "one two three\x17\x17\x19\x19", ["$ one two threetwo three"], [0, 24]],
  ["yank-pop", [], "a\x15b\x15\x19\x1by", ["$ a"], [0, 3]],
  ["undo takes typed text as one", [], "abc def\x17\x1f\x1f", ["$"], [0, 2]],
  ["transpose characters and words", [], "ab\x14 cd\x1bt", ["$ cd ba"], [0, 7]],
  ["case of words", [], "one two\x01\x1bu\x1bc", ["$ ONE Two"], [0, 9]],
  ["a numeric argument", [], "\x1b12=", ["$ ============"], [0, 14]],
  ["quoted insert", [], "\x16\x01b", ["$ ^Ab"], [0, 5]],
  ["a tab is expanded", [], "a\x16\tb", ["$ a     b"], [0, 9]],
  ["history up and back to the half-typed line", ["one", "two"], "half\x1b[A\x1b[A\x1b[B\x1b[B", ["$ half"], [0, 6]],
  ["incremental search", ["echo apple", "ls"], "\x12app", ["(reverse-i-search)`app': echo", "apple"], [1, 0]],
  ["a search that fails keeps the last hit", ["ls"], "\x12lz", ["(failed reverse-i-search)`lz':", " ls"], [1, 1]],
  ["search accepted by a motion", ["echo apple"], "\x12ppl\x1b[D", ["$ echo apple"], [0, 7]],
  ["last argument, again", ["a one", "b two"], "x \x1b.\x1b.", ["$ x one"], [0, 7]],
  ["bracketed paste is not run", [], "\x1b[200~ls\rpwd\x1b[201~", ["$ ls", "pwd"], [1, 3]],
  ["macro", [], "\x18(ab\x18)\x18e", ["$ aba"], [0, 5]],
  ["wide characters", [], "日本\x1b[Dx", ["$ 日x本"], [0, 5]],
  ["character search", [], "abcabc\x01\x1dc", ["$ abcabc"], [0, 4]],
  ["an argument is shown while it is typed", [], "ab\x1b3", ["(arg: 3) ab"], [0, 11]],
];

const viCases: readonly (readonly [string, string, string[], readonly [number, number]])[] = [
  ["escape moves left", "abc\x1b", ["$ abc"], [0, 4]],
  ["delete a word", "one two\x1b0dw", ["$ two"], [0, 2]],
  ["change to the end of the word", "one two\x1b0cwX", ["$ X two"], [0, 3]],
  ["find and repeat", "a.b.c\x1b0f.;x", ["$ a.bc"], [0, 5]],
  ["put before and behind", "ab\x1b0xp", ["$ ba"], [0, 3]],
  ["replace and toggle case", "abc\x1b0rX~l~", ["$ xbC"], [0, 4]],
  ["redo a deletion", "one two three\x1b0dw.", ["$ three"], [0, 2]],
  ["redo a change with its text", "aa bb\x1b0cwX\x1bw.", ["$ X X"], [0, 4]],
  ["substitute", "abc\x1b0sXY\x1b", ["$ XYbc"], [0, 3]],
  ["undo an insertion", "ab\x1bacd\x1bu", ["$ ab"], [0, 3]],
];

describe("Editor", () => {
  it.each(cases)("%s", (_name, history, keys, rows, cursor) => {
    const { type, screen } = prompted(history);
    type(keys);
    expect([screen.rows().filter((row, index) => row !== "" || index === 0), screen.cursor]).toEqual([rows, cursor]);
  });

  it.each(viCases)("vi: %s", (_name, keys, rows, cursor) => {
    const { type, screen } = prompted([], ["vi"]);
    for (const part of keys.split(/(?<=\x1b)/)) type(part);
    expect([screen.rows().slice(0, rows.length), screen.cursor]).toEqual([rows, cursor]);
  });

  it("leaves an edit in the list when another line is entered, and restores the entry that is", () => {
    const { type, screen } = prompted(["one", "two"]);
    expect(type("\x1b[A!\x1b[A?\r")).toEqual(["one?"]);
    type("\x1b[A\x1b[A");
    expect(screen.rows()[1]).toBe("$ two!");
    type("\x1b[A");
    expect(screen.rows()[1]).toBe("$ one");
  });

  it("runs lines one after the other when they are typed ahead", () => {
    expect(prompted().type("a\rb\rc")).toEqual(["a", "b"]);
  });
});
