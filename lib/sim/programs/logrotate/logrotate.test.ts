// What logrotate 3.21 says, recorded; the paths are the test's.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function onHost(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  world.step(10_000_000, 50_000_000);
  const run = world.runProgram({ argv: ["bash", "-c", `exec 2>&1; cd /root; ${script}`], user: "root", directory: "/root", environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 100_000_000 });
  return decode(run.stdout);
}

test("old logs move up, the second is compressed, the third goes", () => {
  expect(onHost("printf '/root/a.log {\\n rotate 2\\n compress\\n delaycompress\\n create 640 root adm\\n postrotate\\n echo post\\n endscript\\n}\\n' > c; for n in 1 2 3 4; do echo $n > a.log; logrotate -f -s st c; done; ls a.log*; cat a.log.1; zcat a.log.2.gz; stat -c '%a %G %s' a.log; sed 's/ .*//' st")).toBe(
    'post\npost\npost\npost\na.log\na.log.1\na.log.2.gz\n4\n3\n640 adm 0\nlogrotate\n"/root/a.log"\n',
  );
});

test("a section with a mistake is left out", () => {
  expect(onHost("printf '/root/zz.log {\\n daily\\n rotate x\\n}\\n' > c; logrotate -d -s nost c; echo $?")).toBe(
    "warning: logrotate in debug mode does nothing except printing debug messages!  Consider using verbose mode (-v) instead if this is not what you want.\n\nreading config file c\nerror: c:3 bad rotation count 'x'\nerror: found error in /root/zz.log , skipping\nremoving last 1 log configs\nReading state from file: nost\nstate file nost does not exist\nAllocating hash table for state file, size 64 entries\n\nHandling 0 logs\n1\n",
  );
});
