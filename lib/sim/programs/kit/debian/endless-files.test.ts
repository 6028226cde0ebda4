import { expect, test } from "vitest";
import { createWorld } from "../../../world/world.ts";
import { decode } from "../../../kernel/sys.ts";

// apt -c /dev/full read for ever, in memory that nobody counted (fuzzer, seed 51, case 1561)
test("a program that is given an endless file as its configuration ends at its limit of memory", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_400_000_000 });
  const { stdout, status } = world.runProgram({ argv: ["bash", "-c", "(ulimit -v 60000; apt-get --config-file=/dev/full update 2>&1; echo ended); echo on"], limitUs: 600_000_000, maxSteps: 1e9 });
  expect([decode(stdout).split("\n").slice(-3), status]).toEqual([["ended", "on", ""], 0]);
});

test("somebody who comes in when no process can be made is turned away", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_400_000_000 });
  const run = (line: string) => world.runProgram({ argv: ["bash", "-c", line], limitUs: 60_000_000, maxSteps: 1e8 });
  expect(run("echo 1 > /sys/fs/cgroup/system.slice/ssh.service/pids.max").status).toBe(0);
  expect(run("true").status).toBe(255);
});
