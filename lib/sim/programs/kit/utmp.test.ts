import { expect, test } from "vitest";
import { decode, encode } from "../../world/text.ts";
import { createWorld } from "../../world/world.ts";

test("last, who: files that are no records, or have no end", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
  const { stdout, status } = world.runProgram({
    argv: ["bash", "-c", "last -f /dev/zero | sed 's/begins.*/begins/'; who /dev/zero; truncate -s 1G /tmp/long; who /tmp/long | wc -l; last -f /dev/null | sed 's/begins.*/begins/'"],
    environment: new Map([["LC_ALL", "C.UTF-8"], ["PATH", "/usr/bin"]]), stdin: encode(""), limitUs: 60_000_000, maxSteps: 1e8,
  });
  expect([decode(stdout), status]).toEqual(["\nzero begins\n0\n\nnull begins\n", 0]);
});
