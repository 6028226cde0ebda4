import { expect, test } from "vitest";
import { encode } from "../../world/text.ts";
import { createWorld } from "../../world/world.ts";

test("awk: a pattern costs in every session what it cost in the first of the process", () => {
  const cost = (script: string): number => {
    const world = createWorld({ host: "debian-12", seed: 3, epochUs: 1_790_000_000_000_000 });
    world.runProgram({ argv: ["awk", "-F", "[:]+", script, "/etc/passwd"], environment: new Map([["PATH", "/usr/bin"]]), stdin: encode(""), limitUs: 5_000_000, maxSteps: 2_000_000 });
    return world.workedUs;
  };
  const script = '$1 ~ /^r[ou]+t/ { print match($0, /a+(b|x)/), $2 } { gsub(/o+t/, "x"); if ($0 ~ "[s]h$") n++ } END { print n }';
  const first = cost(script);
  expect([cost(script), cost(script)]).toEqual([first, first]);
});
