import { expect, test } from "vitest";
import { decode, encode } from "./text.ts";
import { createWorld } from "./world.ts";

test("a program whose directory is gone, or is none, runs in the root directory", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
  const run = (script: string, directory: string) => {
    const { stdout, stderr, status } = world.runProgram({ argv: ["bash", "-c", script], directory, stdin: encode(""), limitUs: 10_000_000, maxSteps: 1e7 });
    return [decode(stdout), decode(stderr), status];
  };
  expect(run("pwd; rmdir /srv; echo x > /srv", "/srv")).toEqual(["/srv\n", "", 0]);
  expect(run("pwd", "/srv")).toEqual(["/\n", "", 0]);
  expect(run("pwd", "/nowhere")).toEqual(["/\n", "", 0]);
});
