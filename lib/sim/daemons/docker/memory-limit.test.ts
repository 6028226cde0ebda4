// Memory that repeats costs the server nothing: containers with large limits meet their own limit, not the world's.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("a container meets its own limit of memory, large as it is", () => {
  const world = createWorld({ host: "debian-12-docker", seed: 3, epochUs: 1_795_295_310_000_000 });
  world.step(2_000_000, 1e8);
  const run = (command: string): string => {
    const result = world.runProgram({ argv: ["bash", "-c", command], limitUs: 600_000_000, maxSteps: 1e9 });
    return decode(result.stdout) + decode(result.stderr);
  };
  const python = (name: string, code: string): string => run(`docker run --name ${name} -m 512m python:3 python -c '${code}' | tail -1; docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' ${name}`);
  expect(python("fits", "x = bytearray(400 * 2**20); print(len(x))")).toBe("419430400\nfalse 0\n");
  expect(python("large", "x = bytearray(700 * 2**20); print(len(x))")).toBe("true 137\n");
  const grows = (one: string): string => `kept = []\nwhile True:\n  kept.append(${one}); print(len(kept), flush=True)`;
  expect(python("bytes", grows('b"x" * (10 * 2**20)'))).toBe("50\ntrue 137\n");
  expect(python("zeros", grows("bytearray(10 * 2**20)"))).toBe("50\ntrue 137\n");
  expect(python("text", grows('"x" * (10 * 2**20)'))).toBe("50\ntrue 137\n");
  expect(run("docker run --name tail -m 512m alpine tail /dev/zero; docker inspect -f '{{.State.OOMKilled}}' tail; dmesg | grep -c 'Memory cgroup out of memory'")).toBe("true\n5\n");
  // what is written to is memory of ours: the world's limit is lower than the container's
  expect(python("own", grows("bytes(range(256)) * (10 * 2**12) + bytes([len(kept) % 256])"))).toMatch(/^\d+\nfalse 137\n$/);
});
