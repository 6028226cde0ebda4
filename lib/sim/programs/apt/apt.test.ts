import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

function run(script: string, user = "root"): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(10_000_000, 50_000_000);
  const done = world.runProgram({
    argv: ["bash", "-c", `exec 2>&1; ${script}`], user, directory: "/tmp", environment: new Map([["LC_ALL", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 600_000_000, maxSteps: 200_000_000,
  });
  return decode(done.stdout);
}

test.each([
  ["a held package", "apt-mark hold nano; apt-mark showhold; apt-get -qq -y remove nano | tail -4; echo ${PIPESTATUS[0]}; apt-mark unhold nano; apt-mark unhold nano", "nano set on hold.\nnano\nE: Held packages were changed and -y was used without --allow-change-held-packages.\nThe following held packages will be changed:\n  nano\n0 upgraded, 0 newly installed, 1 to remove and 0 not upgraded.\nAfter this operation, 2871 kB disk space will be freed.\n100\nCanceled hold on nano.\nnano was already not on hold.\n"],
  ["a lock", "flock /var/lib/dpkg/lock-frontend sleep 5 & sleep 0.2; apt-get -y install sl 2>&1 | sed -E 's/process [0-9]+/process PID/'", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process PID (flock)\nN: Be aware that removing the lock file is not a solution and may break your system.\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\n"],
  ["what the mirror has", "apt-cache madison tree; apt-cache showpkg tree; apt-get download tree; ls tree*; apt-get source tree | tail -1", "      tree |    2.1.0-1 | http://mirror.lan/debian bookworm/main amd64 Packages\nPackage: tree\nVersions: \n2.1.0-1 (/var/lib/apt/lists/mirror.lan_debian_dists_bookworm_main_binary-amd64_Packages)\n Description Language: \n                 File: /var/lib/apt/lists/mirror.lan_debian_dists_bookworm_main_binary-amd64_Packages\n\n\nReverse Depends: \n  inxi,tree\nDependencies: \n2.1.0-1 - libc6 (2 2.34) \nProvides: \n2.1.0-1 - \nReverse Provides: \nGet:1 http://mirror.lan/debian bookworm/main amd64 tree amd64 2.1.0-1 [52.5 kB]\nFetched 52.5 kB in 1s (52.5 kB/s)\ntree_2.1.0-1_amd64.deb\nE: You must put some 'deb-src' URIs in your sources.list\nReading package lists... Done\n"],
  ["upgrades by themselves", "apt-get -qq -y install unattended-upgrades >/dev/null; unattended-upgrade -v | tail -1; su student -c unattended-upgrade; tail -1 /var/log/unattended-upgrades/unattended-upgrades.log | cut -d' ' -f3-", "No packages found that can be upgraded unattended and no pending auto-removals\nYou need to be root to run this application\nINFO No packages found that can be upgraded unattended and no pending auto-removals\n"],
  ["nothing done, no triggers", "dpkg -r nosuch; dpkg -i /nosuch.deb", "dpkg: warning: ignoring request to remove nosuch which isn't installed\ndpkg: error processing archive /nosuch.deb (--install):\n cannot access archive '/nosuch.deb': No such file or directory\nErrors were encountered while processing:\n /nosuch.deb\n"],
])("%s", (_what, script, output) => {
  // standard error stands before what a pipe's last program prints
  const shown = run(script);
  const lines = (text: string) => text.split("\n").sort().join("\n");
  expect(lines(shown)).toBe(lines(output));
});
