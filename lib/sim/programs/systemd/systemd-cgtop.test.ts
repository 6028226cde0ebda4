import { expect, test } from "vitest";
import { createWorld } from "../../world/world.ts";
import { decode, encode } from "../../world/text.ts";

/** 2026-11-21 09:00 UTC */
const epochUs = 1_795_251_600_000_000;

function run(command: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs });
  world.step(world.nowUs + 3_000_000, 1e8);
  const { stdout, stderr } = world.runProgram({ argv: ["bash", "-c", command], directory: "/tmp", stdin: encode(""), limitUs: 60_000_000, maxSteps: 1e8 });
  return decode(stdout) + decode(stderr);
}

test("one look, without a terminal: no heading, parents before their groups", () => {
  expect(run("systemd-run --unit=busy -q sh -c 'while :; do :; done'; sleep 1; systemd-cgtop --depth=2 -n 2 | sed '1,/^$/d' | awk '{print $1, $2, ($3 > 90 ? \"busy\" : \"idle\"), $5, $6}' | sed -n '1,/cron/p'")).toBe(
    "/ 18 busy - -\n/system.slice 17 busy - -\n/system.slice/busy.service 1 busy - -\n/system.slice/ssh.service 8 idle - -\n/system.slice/cron.service 1 idle - -\n",
  );
});

test("by memory in plain numbers, processes in place of tasks", () => {
  expect(run("systemd-cgtop -m -r -b -n 1 system.slice | head -2 | tr -s ' '; systemd-cgtop -k --recursive=no --order=path --depth=1 -1 | awk '{print $1, $2}'; systemd-cgtop --cpu=time -n1 /init.scope | grep -c '[0-9]us\\|[0-9]ms\\|[0-9]s'")).toBe(
    "/system.slice 15 - 15368192 - -\n/system.slice/ssh.service 7 - 4407296 - -\n/ -\n/init.scope 1\n/system.slice -\n1\n",
  );
});

test.each([
  ["--order=x", "Invalid argument to --order=: x\n"],
  ["--cpu=x", "Unknown argument to --cpu=: x\n"],
  ["-d 0", "Invalid delay parameter '0'\n"],
  ["-n x", "Failed to parse iterations parameter 'x': Invalid argument\n"],
  ["--recursive=no", "Non-recursive counting is only supported when counting processes, not tasks. Use -P or -k.\n"],
  ["a b", "Too many arguments.\n"],
])("systemd-cgtop %s", (words, output) => {
  expect(run(`systemd-cgtop ${words}`)).toBe(output);
});
