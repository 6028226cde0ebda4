import { describe, expect, test } from "vitest";
import type { Declaration } from "../kit/command.ts";
import { manSource } from "../kit/man-source.ts";
import { nroff } from "./_nroff.ts";
import { nameLine } from "./_pages.ts";

const declaration: Declaration = {
  name: "frob", summary: "turn things over", synopsis: ["[-n] FILE..."], description: ["A second paragraph that is long enough to be filled over more than one line of a narrow terminal."],
  options: [{ names: ["-n", "--dry-run"], argument: undefined, argumentOptional: false, help: "do nothing", support: "simulated" }], exitStatuses: [["0", "fine"]], seeAlso: ["cat(1)"],
};
const plain = (text: string): string => text.replace(/.\x08/gu, "");

describe("manual pages", () => {
  test("from a declaration to the terminal", () => {
    expect(plain(nroff(manSource(declaration, { source: "frob 1.0-1", date: "2026-11-21" }), 60))).toBe(`FROB(1)                User Commands                 FROB(1)

NAME
       frob - turn things over

SYNOPSIS
       frob [-n] FILE...

DESCRIPTION
       Turn things over.

       A second paragraph that is long enough to be filled
       over more than one line of a narrow terminal.

OPTIONS
       -n, --dry-run
              do nothing

EXIT STATUS
       0      fine

SEE ALSO
       cat(1)

frob 1.0-1                2026-11-21                 FROB(1)
`);
  });

  test("fonts are overstrikes", () => {
    expect(nroff(".SH X\n\\fBab\\fR \\fIc\\fP d\n.BR e (1)\n", 60)).toBe("X\bX\n       a\bab\bb _\bc d e\be(1)\n\n");
  });

  test("unfilled text keeps its lines", () => {
    expect(nroff(".SH X\n.nf\na  b\n c\n.fi\nd\n", 60)).toBe("X\bX\n       a  b\n        c\n       d\n\n");
  });

  test("the line that apropos shows", () => {
    expect(nameLine(manSource(declaration, { source: "", date: "" }))).toEqual({ names: ["frob"], summary: "turn things over" });
  });
});
