// What runs between two chances for others is short, and what takes long is paid for: in steps of the machine, whatever the processor makes of them.
import { describe, expect, test } from "vitest";
import { decode, encode } from "../sim/world/text.ts";
import { createWorld } from "../sim/world/world.ts";

/** A slice, and what the operation that used it up may go beyond it. */
const longestPiece = 2_000 + 3_000;

interface Work {
  readonly command: string;
  readonly stdout: string;
  /** at least so much is paid for it */
  readonly steps: number;
}

const works: readonly Work[] = [
  { command: "set -- $(yes x | head -c 400000); echo $#", stdout: "200000\n", steps: 200_000 },
  { command: "a=$(seq 1 30000); set -- $a; echo $# ${30000} \"${*:29999}\"", stdout: "30000 30000 29999 30000\n", steps: 45_000 },
  { command: "mapfile -t a < <(seq 1 30000); set -- \"${a[@]}\" x\"${a[@]}\"y; echo $# ${29999} ${30001} ${60000}", stdout: "60000 29999 x1 30000y\n", steps: 90_000 },
  { command: ": \"$(yes 'abc def' | head -c 3000000)\"; echo done", stdout: "done\n", steps: 10_000 },
];

describe("others have their turn", () => {
  test.each(works)("$command", ({ command, stdout, steps }) => {
    const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
    world.step(10_000_000, 1e8);
    const { kernel, run } = { kernel: world.machine().kernel, run: world.machine().run.bind(world.machine()) };
    let written = "";
    const task = run({ argv: ["bash", "-c", command], directory: "/tmp", stdin: encode("") }, (bytes) => {
      written += decode(bytes);
    }, () => undefined);
    const startSteps = kernel.scheduler.busyUs;
    let lastSteps = startSteps;
    let longest = 0;
    const untilUs = world.nowUs + 300_000_000;
    world.step(untilUs, 1e8, () => {
      longest = Math.max(longest, kernel.scheduler.busyUs - lastSteps);
      lastSteps = kernel.scheduler.busyUs;
      return task.ended;
    });
    expect(written).toBe(stdout);
    expect(kernel.scheduler.busyUs - startSteps).toBeGreaterThanOrEqual(steps);
    expect(longest).toBeLessThanOrEqual(longestPiece);
  });
});
