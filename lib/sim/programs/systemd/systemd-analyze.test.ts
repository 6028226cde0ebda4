// The boot's own times, and what is wrong in a unit file as the journal has it (texts of systemd 252; the rest is recorded in transcripts/tools/systemd-analyze.t).
import { expect, it } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["TERM", "xterm"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 200_000_000, maxSteps: 50_000_000 }).stdout);

it("time says what the journal says, and PID 1's timestamps", () => {
  const [said = "", reached = ""] = output("systemd-analyze").split("\n");
  expect(output("journalctl -b -o cat | grep '^Startup finished'")).toBe(`${said.replace(/ $/, ".")}\n`);
  const [, kernel = "", user = ""] = /^Startup finished in ([\d.]+)s \(kernel\) \+ (\d+)ms \(userspace\) = [\d.]+s $/.exec(said) ?? [];
  const [started = 0, finished = 0] = output("systemctl show -p UserspaceTimestampMonotonic -p FinishTimestampMonotonic --value").trim().split("\n").map(Number);
  expect([Math.floor(started / 1000), Math.floor((finished - started) / 1000)]).toEqual([Math.floor(Number(kernel) * 1000), Number(user)]);
  expect(reached).toMatch(/^graphical\.target reached after \d+ms in userspace\.$/);
});

it("a service that is slow comes first, with the time that it took", () => {
  expect(output("printf '[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=/bin/sleep 3\\n' > /etc/systemd/system/slow.service; systemctl start slow; systemd-analyze blame | head -1 | cut -c1,2,6-; systemd-analyze critical-chain graphical.target | tail -n +4 | head -2 | sed 's/@.*//'")).toBe("3.s slow.service\ngraphical.target \n└─multi-user.target \n");
});

it("settings that systemd does not know are told, and do not count", () => {
  expect(output("printf '[Unit]\\nBogus=1\\n[Service]\\nType=bogus\\nExecStart=/bin/sleep 9\\nNice=99\\n' > /etc/systemd/system/odd.service; systemctl start odd; systemctl is-active odd; ps -o ni= -C sleep; journalctl -u odd -o cat --no-pager | head -4")).toBe(
    "active\n  0\n/etc/systemd/system/odd.service:2: Unknown key 'Bogus' in section [Unit], ignoring.\n/etc/systemd/system/odd.service:4: Failed to parse service type, ignoring: bogus\n/etc/systemd/system/odd.service:6: Nice priority out of range, ignoring: 99\nStarted odd.service.\n",
  );
  expect(output("printf '[Service]\\nExecStart=x/y\\n' > /etc/systemd/system/fatal.service; systemctl start fatal; printf '[Unit]\\nAssertPathExists=/nope\\n[Service]\\nExecStart=/bin/true\\n' > /etc/systemd/system/sure.service; systemctl start sure")).toBe(
    "Failed to start fatal.service: Unit fatal.service has a bad unit file setting.\nSee system logs and 'systemctl status fatal.service' for details.\nAssertion failed on job for sure.service.\n",
  );
});
