import { expect, test } from "vitest";
import { GetoptError, getopt } from "./getopt.ts";
import { flag, longArgument, optionalText, text } from "./option.ts";
import type { OptionDeclaration } from "./command.ts";

const table = new Map<string, OptionDeclaration>([
  ["long", flag(["-l"], "")], ["classify", longArgument(optionalText(["-F", "--classify"], "WHEN", ""))], ["color", optionalText(["--color"], "WHEN", "")], ["width", text(["-w", "--width"], "COLS", "")],
]);

test("an argument of the long name only: letters may follow the short one", () => {
  expect(getopt(table, ["-Fl", "--classify=always", "--classify", "x"]).given).toEqual([
    { option: "classify", name: "-F", argument: undefined }, { option: "long", name: "-l", argument: undefined },
    { option: "classify", name: "--classify", argument: "always" }, { option: "classify", name: "--classify", argument: undefined },
  ]);
});

test("an ambiguous abbreviation lists the names in the program's order", () => {
  expect(() => getopt(table, ["--c"])).toThrow(new GetoptError("option '--c' is ambiguous; possibilities: '--classify' '--color'"));
  expect(() => getopt(table, ["--c"], { longOrder: "width color classify" })).toThrow(new GetoptError("option '--c' is ambiguous; possibilities: '--color' '--classify'"));
});
