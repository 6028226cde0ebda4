import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { decode, encode } from "../../world/text.ts";
import { residentBytesOf } from "./resident-memory.ts";

test.each([["/usr/bin/anything", 2_000_000, 1_707_200], ["/usr/sbin/cron", 2_000_000, 2_764_800], ["/lib/systemd/systemd", 1, 12_595_200]])("%s that maps %d bytes holds %d", (path, mappedBytes, resident) => {
  expect(residentBytesOf(path, mappedBytes)).toBe(resident);
});

// sleep showed 1796 KiB on the reference machine
test("process 1, daemons and programs show memory of their own", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_251_600_000_000 });
  const { stdout } = world.runProgram({ argv: ["bash", "-c", "ps -o rss= -p 1; ps -o rss= -C cron; sleep 9 & ps -o rss= -p $!; grep VmRSS /proc/1/status"], directory: "/", stdin: encode(""), limitUs: 20_000_000, maxSteps: 1e8 });
  expect(decode(stdout).trim().split("\n").map((line) => line.trim())).toEqual(["12300", "2700", "1792", "VmRSS:\t   12300 kB"]);
});
