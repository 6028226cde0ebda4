// What runs between two chances for others is short, and what takes long is paid for: in steps of the machine, whatever the processor makes of them.
import { describe, expect, test } from "vitest";
import { decode, encode } from "../sim/world/text.ts";
import { createWorld } from "../sim/world/world.ts";

/** A slice, and what the operation that used it up may go beyond it. */
const longestPiece = 2_000 + 6_000;

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
  { command: "python3 -c 'a = [1]\nfor i in range(18): a += a\nprint(len(a), len([0] * 100000), len([*a, *a]))'", stdout: "262144 100000 524288\n", steps: 15_000 },
  { command: "python3 -c 'a = [[] for i in range(60000)]\nprint(len(a))'", stdout: "60000\n", steps: 40_000 },
  { command: "python3 -c 'a = [1]\ntry:\n  while True: a += a\nexcept MemoryError: print(len(a))'", stdout: "1048576\n", steps: 15_000 },
  { command: "bash -c 'trap \"kill -USR1 \\$\\$\" USR1; kill -USR1 $$; echo $?' 2> /dev/null; echo $?", stdout: "139\n", steps: 3_000 },
  { command: "f() { (($1 == 0)) || f $(($1 - 1)); }; f 300; echo $?", stdout: "0\n", steps: 3_000 },
  { command: "awk 'BEGIN { for (i = 0; i < 30000; i++) a[i] = i; for (k in a) n += a[k]; print n }'", stdout: "449985000\n", steps: 20_000 },
  { command: "for i in {1..150}; do sleep 1000 & done; jobs | wc -l; kill $(jobs -p)", stdout: "150\n", steps: 10_000 },
  { command: "echo x={-1..30000} | wc -c; a=({1..30000}); a+=(\"${a[@]}\"); echo ${#a[@]}; printf '%s\\n' {1..30000} | tail -1", stdout: "228903\n60000\n30000\n", steps: 200_000 },
  { command: "printf -v x %08000d 0; y=${x%%*b}; echo ${#y}; y=${x%%0*b}; echo ${#y}; y=${x%0*0}; echo ${#y}", stdout: "8000\n8000\n7998\n", steps: 100_000 },
  { command: "shopt -s extglob\nprintf -v x %0800d 0; y=${x%%+(0|00)b}; echo ${#y}; y=${x%%+(0|00)}; echo ${#y}", stdout: "800\n0\n", steps: 30_000 },
  { command: "printf -v x %030000d 0; y=${x//[0-9]/ab}; echo ${#y}; y=${y^^[a]}; echo ${#y} ${y:0:4}; y=${y#*b}; echo ${#y}", stdout: "60000\n60000 AbAb\n59998\n", steps: 30_000 },
  { command: "apt-get install -y tree > /dev/null 2>&1; apt-get remove -y tree > /dev/null 2>&1; apt-get autoremove -y > /dev/null 2>&1; echo $?", stdout: "0\n", steps: 60_000 },
  { command: "head -c 1M /dev/zero | tr '\\0' a | grep -c 'b.*c'; head -c 5M /dev/zero | tr '\\0' a | grep b 2>&1; echo $?; head -c 5M /dev/zero | grep -c b", stdout: "0\ngrep: memory exhausted\n2\n0\n", steps: 100_000 },
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
