// System V's names of systemd's work: init and telinit of another process than PID 1, runlevel, shutdown --show; usermod and hwclock beside.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

test("run levels", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("runlevel; init 3; sleep 1; runlevel; systemctl is-active graphical.target; who -r | tr -s ' ' | cut -d' ' -f2-3; systemctl isolate graphical.target; sleep 1; runlevel; init; echo $?; init q; echo $?; pgrep -c -x systemd; shutdown --show; echo $?; shutdown +5; shutdown --show; shutdown -c; usermod nosuch; echo $?; hwclock -w; cut -d' ' -f1,3 /etc/adjtime | sed 's/^179.*/N/'")).toBe(
    "N 5\n5 3\ninactive\nrun-level 3\n3 5\ninit: required argument missing.\n1\n0\n1\nNo scheduled shutdown.\n1\nShutdown scheduled for Sat 2026-11-21 21:14:32 UTC, use 'shutdown -c' to cancel.\nShutdown scheduled for Sat 2026-11-21 21:14:32 UTC, use 'shutdown -c' to cancel.\nusermod: user 'nosuch' does not exist\n6\n0.000000 0.000000\nN\nUTC\n",
  );
});
