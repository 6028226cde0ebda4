// Whole screens of full-screen programs, recorded from the real ones of Debian 12 (vim.tiny 9.0.1378, less 590) in a terminal of that size: keys in,
// where the cursor is, the rows without their blanks at the end.
import { expect, test } from "vitest";
import { createWorld } from "../sim/world/world.ts";
import { TerminalDriver } from "./terminal-driver.ts";

interface Recording {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** a line of the shell that makes the files, before */
  readonly setup: string;
  readonly steps: readonly (readonly [keys: string, cursor: readonly number[], screen: readonly string[]])[];
}

const times = (count: number, row: string): string[] => new Array<string>(count).fill(row);

const RECORDINGS: readonly Recording[] = [
  { name: "vim: windows", rows: 12, columns: 60, setup: "for i in $(seq 1 40); do echo line $i; done > f.txt; printf 'a\\nb\\nc\\n' > s.txt", steps: [
    ["vim.tiny f.txt\r", [0, 0], [
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "line 7",
      "line 8",
      "line 9",
      "line 10",
      "line 11",
      "\"f.txt\" 40L, 311B                         1,1           Top",
    ]],
    [":split s.txt\r", [0, 0], [
      "a",
      "b",
      "c",
      ...times(2, "~"),
      "s.txt                                     1,1            All",
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "f.txt                                     1,1            Top",
      "\"s.txt\" 3L, 6B",
    ]],
    ["\u0017v", [0, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      ...times(2, "~                             |~"),
      "s.txt          1,1         All s.txt          1,1        All",
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "f.txt                                     1,1            Top",
      "\"s.txt\" 3L, 6B",
    ]],
    ["\u0017j", [6, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      ...times(2, "~                             |~"),
      "s.txt          1,1         All s.txt          1,1        All",
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "f.txt                                     1,1            Top",
      "\"s.txt\" 3L, 6B",
    ]],
    ["9j", [7, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      ...times(2, "~                             |~"),
      "s.txt          1,1         All s.txt          1,1        All",
      "line 9",
      "line 10",
      "line 11",
      "line 12",
      "f.txt                                     10,1           22%",
      "\"s.txt\" 3L, 6B",
    ]],
    ["\u00172+", [6, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      "s.txt          1,1         All s.txt          1,1        All",
      "line 8",
      "line 9",
      "line 10",
      "line 11",
      "line 12",
      "line 13",
      "f.txt                                     10,1           20%",
      "\"s.txt\" 3L, 6B",
    ]],
    ["\u0017=", [6, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      "~                             |~",
      "s.txt          1,1         All s.txt          1,1        All",
      "line 9",
      "line 10",
      "line 11",
      "line 12",
      "line 13",
      "f.txt                                     10,1           22%",
      "\"s.txt\" 3L, 6B",
    ]],
    [":q\r", [0, 0], [
      "a                             |a",
      "b                             |b",
      "c                             |c",
      ...times(7, "~                             |~"),
      "s.txt          1,1         All s.txt          1,1        All",
      ":q",
    ]],
    ["\u0017o", [0, 0], [
      "a",
      "b",
      "c",
      ...times(8, "~"),
      ":q                                        1,1           All",
    ]],
  ] },
  { name: "vim: tab pages", rows: 12, columns: 60, setup: "for i in $(seq 1 40); do echo line $i; done > f.txt; printf 'a\\nb\\nc\\n' > s.txt", steps: [
    ["vim.tiny f.txt\r", [0, 0], [
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "line 7",
      "line 8",
      "line 9",
      "line 10",
      "line 11",
      "\"f.txt\" 40L, 311B                         1,1           Top",
    ]],
    [":tabnew\r", [1, 0], [
      " f.txt  [No Name]                                          X",
      "",
      ...times(9, "~"),
      ":tabnew                                   0,0-1         All",
    ]],
    [":tabe s.txt\r", [1, 0], [
      " f.txt  [No Name]  s.txt                                   X",
      "a",
      "b",
      "c",
      ...times(7, "~"),
      "\"s.txt\" 3L, 6B                            1,1           All",
    ]],
    ["x", [1, 0], [
      " f.txt  [No Name]  + s.txt                                 X",
      "",
      "b",
      "c",
      ...times(7, "~"),
      "\"s.txt\" 3L, 6B                            1,0-1         All",
    ]],
    ["gt", [1, 0], [
      " f.txt  [No Name]  + s.txt                                 X",
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "line 7",
      "line 8",
      "line 9",
      "line 10",
      "\"s.txt\" 3L, 6B                            1,1           Top",
    ]],
    [":tabs\r", [11, 39], [
      "line 7",
      "line 8",
      "line 9",
      "line 10",
      ":tabs",
      "Tab page 1",
      ">   f.txt",
      "Tab page 2",
      "    [No Name]",
      "Tab page 3",
      "  + s.txt",
      "Press ENTER or type command to continue",
    ]],
    ["\r", [1, 0], [
      " f.txt  [No Name]  + s.txt                                 X",
      "line 1",
      "line 2",
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "line 7",
      "line 8",
      "line 9",
      "line 10",
      "                                          1,1           Top",
    ]],
    ["gT", [1, 0], [
      " f.txt  [No Name]  + s.txt                                 X",
      "",
      "b",
      "c",
      ...times(7, "~"),
      "                                          1,0-1         All",
    ]],
    [":q\r", [11, 39], [
      "",
      "b",
      "c",
      ...times(7, "~"),
      "E37: No write since last change (add ! to override)",
      "Press ENTER or type command to continue",
    ]],
  ] },
  { name: "vim: a killed session comes back", rows: 24, columns: 80, setup: "for i in $(seq 1 40); do echo line $i; done > f.txt; printf 'a\\nb\\nc\\n' > s.txt", steps: [
    ["vim.tiny s.txt\r", [0, 0], [
      "a",
      "b",
      "c",
      ...times(20, "~"),
      "\"s.txt\" 3L, 6B                                                1,1           All",
    ]],
    ["ddohello\u001b", [1, 4], [
      "b",
      "hello",
      "c",
      ...times(20, "~"),
      "                                                              2,5           All",
    ]],
    [":pre\r", [1, 4], [
      "b",
      "hello",
      "c",
      ...times(20, "~"),
      "File preserved                                                2,5           All",
    ]],
    ["\u001a", [3, 18], [
      "student@debian:~$ vim.tiny s.txt",
      "",
      "[1]+  Stopped                 vim.tiny s.txt",
      "student@debian:~$",
    ]],
    ["kill -9 %1; clear\r", [1, 18], [
      "[1]+  Killed                  vim.tiny s.txt",
      "student@debian:~$",
    ]],
    ["vim.tiny -r s.txt\r", [23, 39], [
      ...times(16, ""),
      "Using swap file \".s.txt.swp\"",
      "Original file \"~/s.txt\"",
      "Recovery completed. You should check if everything is OK.",
      "(You might want to write out this file under another name",
      "and run diff with the original file to check for changes)",
      "You may want to delete the .swp file now.",
      "",
      "Press ENTER or type command to continue",
    ]],
    ["\r", [0, 0], [
      "b",
      "hello",
      "c",
      ...times(20, "~"),
      "                                                              1,1           All",
    ]],
    [":q\r", [0, 0], [
      "b",
      "hello",
      "c",
      ...times(20, "~"),
      "E37: No write since last change (add ! to override)           1,1           All",
    ]],
    [":q!\r", [2, 18], [
      "[1]+  Killed                  vim.tiny s.txt",
      "student@debian:~$ vim.tiny -r s.txt",
      "student@debian:~$",
    ]],
  ] },
];

test.each(RECORDINGS)("$name", ({ rows, columns, setup, steps }) => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000, user: "student" });
  const driver = new TerminalDriver(world, { rows, cols: columns, user: "student", argv: ["bash", "-li"], environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"]]) });
  driver.start();
  driver.keys(`${setup}; clear\r`);
  for (const [keys, cursor, want] of steps) {
    const shown = driver.keys(keys);
    const got = shown.screen.map((row) => row.trimEnd());
    while (got.at(-1) === "") got.pop();
    expect({ keys, screen: got, cursor: [...shown.cursor] }).toEqual({ keys, screen: want, cursor });
  }
});
