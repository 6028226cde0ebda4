// What update-rc.d and invoke-rc.d of init-system-helpers 1.65, systemd's hook for /etc/init.d and start-stop-daemon of dpkg 1.21.22 say.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);

test("init scripts hand their action to systemctl", () => {
  expect(output("ls /etc/rc2.d; service --status-all; /etc/init.d/cron stop; systemctl is-active cron; /etc/init.d/cron start; systemctl is-active cron; /etc/init.d/cron; echo $?; /etc/init.d/ssh status | head -n 1")).toBe(
    "S01cron\nS01dbus\nS01open-vm-tools\nS01qemu-guest-agent\nS01ssh\nS01sudo\n" +
      " [ + ]  cron\n [ + ]  dbus\n [ - ]  hwclock.sh\n [ + ]  kmod\n [ + ]  networking\n [ - ]  open-vm-tools\n [ + ]  procps\n [ - ]  qemu-guest-agent\n [ + ]  ssh\n [ - ]  sudo\n [ + ]  udev\n" +
      "Stopping cron (via systemctl): cron.service.\ninactive\nStarting cron (via systemctl): cron.service.\nactive\nUsage: /etc/init.d/cron {start|stop|restart|reload|force-reload|status}\n2\n● ssh.service - OpenBSD Secure Shell server\n",
  );
});

test("update-rc.d and systemctl change the same links", () => {
  expect(output("update-rc.d cron disable; ls /etc/rc3.d/*cron; systemctl is-enabled cron; systemctl enable cron; ls /etc/rc3.d/*cron; update-rc.d cron remove; ls /etc/rc3.d/*cron; update-rc.d cron defaults; readlink /etc/rc3.d/S01cron; update-rc.d nosuch defaults; echo $?; update-rc.d cron enable 6")).toBe(
    "/etc/rc3.d/K01cron\ndisabled\nSynchronizing state of cron.service with SysV service script with /lib/systemd/systemd-sysv-install.\nExecuting: /lib/systemd/systemd-sysv-install enable cron\nCreated symlink /etc/systemd/system/multi-user.target.wants/cron.service → /lib/systemd/system/cron.service.\n" +
      "/etc/rc3.d/S01cron\nls: cannot access '/etc/rc3.d/*cron': No such file or directory\n../init.d/cron\nupdate-rc.d: error: unable to read /etc/init.d/nosuch\n1\nupdate-rc.d: warning: enable action will have no effect on runlevel 6\nupdate-rc.d: error: no runlevel symlinks to modify, aborting!\n",
  );
  expect(output("invoke-rc.d cron restart; echo $?; printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; invoke-rc.d cron restart; echo $?; invoke-rc.d --query cron restart; echo $?; rm /usr/sbin/policy-rc.d")).toBe(
    "0\ninvoke-rc.d: policy-rc.d denied execution of restart.\n0\ninvoke-rc.d: policy-rc.d denied execution of restart.\n101\n",
  );
});

test("start-stop-daemon", () => {
  expect(output("start-stop-daemon -S -b -m -p /tmp/pid -x /bin/sleep -- 100; start-stop-daemon -T -p /tmp/pid; echo $?; start-stop-daemon -S -x /bin/sleep -p /tmp/pid -- 30; echo $?; start-stop-daemon -K -p /tmp/pid; start-stop-daemon -K -p /tmp/pid -o; echo $?; start-stop-daemon -K -n nosuchx; start-stop-daemon -K; echo $?; start-stop-daemon -S -x /bin/true -t; start-stop-daemon -S -t -x /bin/sleep -c daemon -- 0; start-stop-daemon -K -x /nosuch; start-stop-daemon -T -p /nosuch; echo $?; start-stop-daemon -Z; start-stop-daemon -K -s FOO -n x")).toBe(
    "0\n/bin/sleep already running.\n1\nNo process in pidfile '/tmp/pid' found running; none killed.\n0\nNo nosuchx found running; none killed.\n" +
      "start-stop-daemon: need at least one of --exec, --pid, --ppid, --pidfile, --user or --name\nTry 'start-stop-daemon --help' for more information.\n3\nWould start /bin/true .\nWould start /bin/sleep 0  (as user daemon[1], and group [1]).\nstart-stop-daemon: unable to stat /nosuch (No such file or directory)\n3\n" +
      "start-stop-daemon: invalid option -- 'Z'\nTry 'start-stop-daemon --help' for more information.\nstart-stop-daemon: signal value must be numeric or name of signal (KILL, INT, ...)\nTry 'start-stop-daemon --help' for more information.\n",
  );
});
