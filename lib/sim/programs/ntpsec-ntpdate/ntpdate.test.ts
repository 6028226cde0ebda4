// ntpdate and ntpdig of NTPsec 1.2.2: the line of ntpdig(1), what it does to the clock.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("ntpdate", () => {
  const world = createWorld({ host: "debian-12", packages: ["ntpdate"], seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout).replace(/\.\d+ \(/g, ".N (").replace(/\+\/- \S+/g, "+/- N").replace(/ \+0\.000\d+ /g, " +0 ");
  expect(output("ntpdate -q pool.ntp.org; date -s '2026-11-21 20:00' >/dev/null; ntpdate pool.ntp.org | sed 's/ +[0-9.]* / +OFFSET /'; date +%H:%M; ntpdate -n -b pool.ntp.org; ntpdate -n x; ntpdate -q nosuch.host; echo $?; ntpdate -q 10.0.2.99; echo $?; su student -c 'ntpdate pool.ntp.org'; echo $?; ntpdate -Z 10.0.2.99; ntpdate -h | head -n 1")).toBe(
    "2026-11-21 21:09:30.N (+0000) +0 +/- N pool.ntp.org 203.0.113.121 s1 no-leap\n2026-11-21 21:09:30.N (+0000) +OFFSET +/- N pool.ntp.org 203.0.113.121 s1 no-leap\n21:09\nntpdig -S -t 1 pool.ntp.org\nntpdig -s -S -M 500 -t 1 x\nntpdig: lookup of nosuch.host failed, errno -3 = Temporary failure in name resolution\nntpdig: no eligible servers\n1\nntpdig: no eligible servers\n1\nntpdig: Operation not permitted\n2026-11-21 21:09:31.N (+0000) +0 +/- N pool.ntp.org 203.0.113.121 s1 no-leap\n1\n/usr/sbin/ntpdate: Illegal option -Z\nntpdig: no eligible servers\nUsage: ntpdate [OPTIONS] HOST...\n",
  );
});
