// The editor on a terminal of the simulated kernel: raw mode, signals, sizes, what is typed ahead.
import { describe, expect, it } from "vitest";
import { Screen } from "../../../session/screen.ts";
import { onTerminal, settle, testKernel } from "../../kernel/test-kernel.ts";
import { type Blocking, decode, encode, type Sys } from "../../kernel/sys.ts";
import { LineInterrupted, type ShellFrontEnd } from "../front-end.ts";
import { ShellHistory } from "./history-list.ts";
import { makeLineEditing } from "./line-editing.ts";

const SIGINT = 2;
const SIGWINCH = 28;

/** What of a shell the editor needs here; lines are printed back. */
function* echoingShell(sys: Sys): Blocking<number> {
  sys.sigaction(SIGINT, "catch");
  sys.sigaction(SIGWINCH, "catch");
  const history = new ShellHistory({ getVariable: () => undefined, option: (name) => name === "history", nowSeconds: () => 0 });
  const shell: Pick<ShellFrontEnd, "sys" | "history" | "getVariable" | "option" | "handleSignals" | "interruptTrap" | "checkWindowSize"> = {
    sys, history, getVariable: (name) => (name === "TERM" ? "xterm" : undefined), option: (name) => name === "history",
    *handleSignals() { return sys.takeSignals().includes(SIGINT); },
    *interruptTrap() { return false; },
    checkWindowSize() {},
  };
  const editing = makeLineEditing()(shell as ShellFrontEnd);
  for (;;) {
    try {
      const line = yield* editing.readLine("$ ");
      if (line === undefined) break;
      if (line === "sleep") yield* sys.sleep(2_000_000);
      else yield* sys.write(1, encode(`<${line}>\n`));
    } catch (error) {
      if (!(error instanceof LineInterrupted)) throw error;
    }
  }
  yield* sys.write(1, encode("bye\n"));
  return 0;
}

function open() {
  const test = testKernel();
  const terminal = onTerminal(test, echoingShell, { rows: 8, cols: 20 });
  const screen = new Screen(20, 8);
  const update = (forUs = 1_000_000): string[] => {
    settle(test, forUs);
    screen.write(terminal.takeOutput());
    return screen.rows().filter((row) => row !== "");
  };
  update();
  return {
    screen, update,
    type(keys: string, forUs?: number) {
      terminal.input(encode(keys));
      return update(forUs);
    },
    resize(cols: number, rows: number) {
      screen.resize(cols, rows);
      terminal.resize({ cols, rows });
      return update();
    },
  };
}

describe("line editing on a terminal", () => {
  it("edits a line and hands it over", () => {
    expect(open().type("helo\x1b[Dl\r")).toEqual(["$ hello", "<hello>", "$"]);
  });

  it("switches bracketed paste with the prompt", () => {
    const test = testKernel();
    const terminal = onTerminal(test, echoingShell);
    settle(test);
    expect(decode(terminal.takeOutput())).toBe("\x1b[?2004h$ ");
    terminal.input(encode("\r"));
    settle(test);
    expect(decode(terminal.takeOutput())).toBe("\r\n\x1b[?2004l\r<>\r\n\x1b[?2004h$ ");
  });

  it("gives the line up at Ctrl-C", () => {
    const { type, screen } = open();
    type("abcdef\x1b[D\x1b[D\x1b[D");
    expect(type("\x03")).toEqual(["$ abc^Cf", "$"]);
    expect(screen.cursor).toEqual([1, 2]);
  });

  it("ends at Ctrl-D on an empty line only", () => {
    const { type } = open();
    expect(type("a\x01\x04\x04")).toEqual(["$"]);
    expect(type("x\r\x04")).toEqual(["$ x", "<x>", "$", "bye"]);
  });

  it("draws the line again for another width", () => {
    const { type, resize, screen } = open();
    type("0123456789abcdef");
    expect(resize(10, 8)).toEqual(["$ 01234567", "89abcdef"]);
    expect(screen.cursor).toEqual([1, 8]);
    expect(resize(30, 8)).toEqual(["$ 0123456789abcdef"]);
  });

  it("shows what was typed ahead a second time", () => {
    const { type, update } = open();
    type("sleep\r", 100_000);
    expect(type("ab\r", 100_000)).toEqual(["$ sleep", "ab"]);
    expect(update(3_000_000)).toEqual(["$ sleep", "ab", "$ ab", "<ab>", "$"]);
  });

  it("takes a wide character as one", () => {
    expect(open().type("日本\x7fé\r")).toEqual(["$ 日é", "<日é>", "$"]);
  });
});
