import { expect, test } from "vitest";
import { baseName, parentOf, resolvePath } from "./file-path.ts";
import { lineEndsOf, toEditor, toMachine } from "./line-ends.ts";

test.each([
  ["/home/student", "hello.py", "/home/student/hello.py"],
  ["/home/student", " sub/../x ", "/home/student/x"],
  ["/", "a", "/a"],
  ["/a", "/etc/./hosts", "/etc/hosts"],
  ["/a", "../../..", undefined],
  ["/a", "dir/", undefined],
  ["/a", "", undefined],
])("%s + %s", (directory, name, path) => expect(resolvePath(directory, name)).toBe(path));

test("parts of a path", () => {
  expect([baseName("/a/b"), parentOf("/a/b"), parentOf("/a"), parentOf("/")]).toEqual(["b", "/a", "/", "/"]);
});

test("line ends survive the text area; a last newline is added", () => {
  expect([lineEndsOf("a\nb"), lineEndsOf("a\r\nb\r\n"), lineEndsOf("a\r\nb\n"), lineEndsOf("a\rb")]).toEqual(["lf", "crlf", "mixed", "mixed"]);
  expect(toMachine(toEditor("a\r\nb"), "crlf")).toBe("a\r\nb\r\n");
  expect([toMachine("", "lf"), toMachine("a", "lf"), toMachine("a\n", "lf")]).toEqual(["", "a\n", "a\n"]);
});
