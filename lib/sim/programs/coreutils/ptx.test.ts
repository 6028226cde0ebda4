import { expect, test } from "vitest";
import { decode, encode } from "../../world/text.ts";
import { createWorld } from "../../world/world.ts";

test("ptx: widths that no line can have", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
  const run = (argument: string) => {
    const { stdout, stderr, status } = world.runProgram({ argv: ["ptx", argument], environment: new Map([["LC_ALL", "C.UTF-8"], ["PATH", "/usr/bin"]]), stdin: encode("a b\n"), limitUs: 10_000_000, maxSteps: 1e7 });
    return [decode(stdout), decode(stderr), status];
  };
  expect(run("--width=99999999999999999999999")).toEqual(["", "ptx: invalid line width: ‘99999999999999999999999’\n", 1]);
  expect(run("--gap-size=0")).toEqual(["", "ptx: invalid gap width: ‘0’\n", 1]);
  expect(run("--width=99999999999")).toEqual(["", "ptx: memory exhausted\n", 1]);
  expect(run("--width=24")).toEqual([" ".repeat(15) + "a b\n" + " ".repeat(11) + "a   b\n", "", 0]);
});
