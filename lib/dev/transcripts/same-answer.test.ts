import { describe, expect, test } from "vitest";
import { sameAnswer } from "./same-answer.ts";
import { parseTranscript } from "./transcript-file.ts";

describe("sameAnswer", () => {
  test.each([
    ["a  b", "a b", false],
    ["a b\n\n", "a b", true],
    ["a b  \nc", "a b\nc", true],
    ["a\n\nb", "a\nb", false],
    ["Up 2 hours   x", "Up 3 seconds x", true],
    ["created 1f2e3d4c5b6a", "created 0f9e8d7c6b5a", true],
    ["created 1f2e3d4c5b6a", "created something", false],
    ["[1] 4711", "[1] 12", true],
    ["[1] 4711", "[2] 4711", false],
    ["(varies)", "whatever", true],
    ["(mentions --help -q)", "Usage: x\n  -q, --help", true],
    ["(mentions --help -q)", "Usage: x\n  --help", false],
  ])("%j and %j", (recorded, got, same) => {
    expect(sameAnswer(recorded, got)).toBe(same);
  });
});

test("a transcript's head, commands of several lines, output and status", () => {
  const text = "What it shows.\nhost: debian-12-docker\nuser: student\ncwd: /tmp\nshell: login\n\n  $ cat <<E\n  > x\n  > E\n  x\n  $ false\n  [1]\n  $ printf a\n  a (no-eol)\n";
  expect(parseTranscript(text)).toEqual({
    head: { host: "debian-12-docker", user: "student", cwd: "/tmp", login: true },
    cases: [
      { command: "cat <<E\nx\nE", output: "x", status: 0, line: 7 },
      { command: "false", output: "", status: 1, line: 11 },
      { command: "printf a", output: "a", status: 0, line: 13 },
    ],
  });
});
