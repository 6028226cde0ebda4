import { describe, expect, test } from "vitest";
import { encode } from "../sim/world/text.ts";
import { createWorld } from "../sim/world/world.ts";
import { hostileCommands } from "./hostile-commands.ts";

const stepBudget = 20_000;
/** One operation may be begun within the budget and end beyond it. */
const stepMargin = 160_000;
const rounds = 40;
/** the world's limit for what its processes hold, and what a step may add to it */
const memoryLimitBytes = 224 * 1024 * 1024;
const pieceBytes = 64 * 1024 * 1024;
/** Objects of ours are larger than what they stand for. */
const heapLimitBytes = 1_500 * 1024 * 1024;

const heapBytes = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

describe("hostile sessions", () => {
  test.each(hostileCommands)("%s: steps and memory are bounded", (_what, command) => {
    const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "student" });
    const terminal = world.openTerminal({ rows: 30, cols: 100 });
    world.step(world.nowUs + 10_000_000, 1e7, () => terminal.awaitingInput);
    const heapBefore = heapBytes();
    const { kernel } = world.machine();
    terminal.input(encode(`${command.replaceAll("\n", "\x16\n")}\r`));
    for (let round = 0; round < rounds; round++) {
      const busyUs = kernel.cpuBusyUs;
      world.step(world.nowUs + 1_000_000, stepBudget);
      terminal.takeOutput();
      expect(kernel.cpuBusyUs - busyUs).toBeLessThanOrEqual(stepBudget + stepMargin);
      expect(kernel.allocatedBytes).toBeLessThanOrEqual(memoryLimitBytes + pieceBytes);
      expect(kernel.processes.size).toBeLessThanOrEqual(kernel.worldLimits.processes);
    }
    expect(heapBytes() - heapBefore).toBeLessThan(heapLimitBytes);
  });
});
