import { expect, test } from "vitest";
import { decode, encode } from "../../world/text.ts";
import { createWorld } from "../../world/world.ts";

test("cpio: an input without an end ends in the limit of memory", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000 });
  const { stdout } = world.runProgram({
    argv: ["bash", "-c", "apt-get install -y -qq cpio > /dev/null 2>&1; (ulimit -v 300000; cpio -it < /dev/zero) > out 2>&1; [ $? -ne 0 ] && [ -s out ] && echo ended; echo a | cpio -o 2> /dev/null | wc -c"],
    directory: "/tmp", environment: new Map([["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), stdin: encode(""), limitUs: 600_000_000, maxSteps: 1e9,
  });
  expect(decode(stdout)).toBe("ended\n512\n");
});
