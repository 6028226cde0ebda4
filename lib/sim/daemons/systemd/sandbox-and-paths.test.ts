// What services see of the machine (systemd.exec(5), SANDBOXING), paths that start services (systemd.path(5)), sockets with an instance for each connection (systemd.socket(5)), and how systemctl tells of them.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/etc/systemd/system", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 200_000_000, maxSteps: 50_000_000 }).stdout);
const run = (settings: readonly string[], command: string): string => output(`systemd-run -q --wait --pipe ${settings.map((one) => `-p '${one}'`).join(" ")} bash -c '${command}'`);

test("what a service may not see or write", () => {
  expect(run(["ProtectHome=yes"], "ls /root /home")).toBe("/home:\n\n/root:\n");
  expect(run(["ProtectHome=read-only"], "touch /root/a")).toBe("touch: cannot touch '/root/a': Read-only file system\n");
  expect(run(["ProtectSystem=full"], "touch /etc/a /var/tmp/b")).toBe("touch: cannot touch '/etc/a': Read-only file system\n");
  expect(run(["ProtectSystem=strict", "ReadWritePaths=/srv"], "touch /srv/a /opt/b /dev/shm/c")).toBe("touch: cannot touch '/opt/b': Read-only file system\n");
  expect(run(["InaccessiblePaths=/etc/hostname", "BindReadOnlyPaths=/etc:/mnt", "TemporaryFileSystem=/var/lib"], "cat /etc/hostname; cat /mnt/issue; touch /mnt/x; ls /var/lib")).toBe(`${output("cat /etc/issue")}touch: cannot touch '/mnt/x': Read-only file system\n`);
  expect(run(["PrivateDevices=yes"], "cd /dev; echo *")).toBe("fd full hugepages log mqueue null ptmx pts random shm stderr stdin stdout tty urandom zero\n");
  expect(run(["PrivateNetwork=yes"], "ip -br link")).toBe("lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> \n");
  expect(run(["CapabilityBoundingSet=~CAP_CHOWN", "NoNewPrivileges=yes"], "chown student /etc/motd; grep NoNew /proc/self/status")).toBe("chown: changing ownership of '/etc/motd': Operation not permitted\nNoNewPrivs:\t1\n");
  expect(run(["User=student", "AmbientCapabilities=CAP_NET_BIND_SERVICE", "SupplementaryGroups=adm"], "id -G; grep -E \"Cap(Eff|Amb)\" /proc/self/status")).toBe("1000 4 27\nCapEff:\t0000000000000400\nCapAmb:\t0000000000000400\n");
  expect(output("systemd-run -q --wait -p ReadOnlyPaths=/nosuch true; echo $?; journalctl -n 4 -o cat | sed 's/run-u[0-9]*/UNIT/'")).toBe(`226
UNIT.service: Failed to set up mount namespacing: /nosuch: No such file or directory
UNIT.service: Failed at step NAMESPACE spawning /usr/bin/true: No such file or directory
UNIT.service: Main process exited, code=exited, status=226/NAMESPACE
UNIT.service: Failed with result 'exit-code'.
`);
});

test("its own /tmp, its directories, a user for the time being", () => {
  expect(output("systemd-run -q -p PrivateTmp=yes --unit=pt sh -c 'touch /tmp/inside; sleep 100'; sleep 1; stat -c %A /tmp/systemd-private-*-pt.service-*; ls /tmp/systemd-private-*-pt.service-*/tmp; systemctl stop pt; ls /tmp")).toBe("drwx------\ninside\n");
  expect(run(["StateDirectory=foo", "RuntimeDirectory=bar"], "echo $STATE_DIRECTORY $RUNTIME_DIRECTORY")).toBe("/var/lib/foo /run/bar\n");
  expect(run(["DynamicUser=yes", "StateDirectory=dyn"], "touch /var/lib/dyn/a; touch /opt/b; [ $(id -u) -gt 61183 ] && echo $USER | sed \"s/[0-9]*$//\"")).toBe("touch: cannot touch '/opt/b': Read-only file system\nrun-u\n");
});

test("paths", () => {
  expect(output(`printf '[Service]\\nType=oneshot\\nExecStart=sh -c "cat /tmp/trigger; rm /tmp/trigger"\\n' > p.service; printf '[Path]\\nPathExists=/tmp/trigger\\n' > p.path
systemctl start p.path; echo one > /tmp/trigger; sleep 1; echo two > /tmp/trigger; sleep 1; ls /tmp; journalctl -u p -o cat | grep -v service; systemctl show -p SubState -p Paths p.path; systemctl status p.path p.service | grep Trig; systemctl stop p.service`)).toBe(`one
two
Paths=/tmp/trigger (PathExists)
SubState=waiting
   Triggers: ● p.service
TriggeredBy: ● p.path
Warning: Stopping p.service, but it can still be activated by:
  p.path
`);
  expect(output(`printf '[Service]\\nType=oneshot\\nExecStart=wc -c /srv/watched\\n' > c.service; printf '[Path]\\nPathChanged=/srv/watched\\n' > c.path; touch /srv/watched
systemctl start c.path; sleep 1; echo more >> /srv/watched; sleep 1; echo x > /srv/watched; sleep 1; journalctl -u c -o cat | grep watched`)).toBe("5 /srv/watched\n2 /srv/watched\n");
  expect(output(`printf '[Service]\\nType=oneshot\\nExecStart=true\\n' > d.service; printf '[Path]\\nDirectoryNotEmpty=/var/drop\\nMakeDirectory=yes\\n' > d.path
systemctl start d.path; stat -c %A /var/drop; touch /var/drop/a; sleep 2; journalctl -u d.path -u d.service -o cat | tail -4; systemctl is-failed d.path; printf '[Path]\\n' > e.path; systemctl start e.path`)).toBe(`drwxr-xr-x
d.service: Start request repeated too quickly.
d.service: Failed with result 'start-limit-hit'.
Failed to start d.service.
d.path: Failed with result 'unit-start-limit-hit'.
failed
Failed to start e.path: Unit e.path has a bad unit file setting.
See system logs and 'systemctl status e.path' for details.
`);
});

test("a connection and its instance; a service that is started again", () => {
  expect(output(`printf '[Socket]\\nListenStream=7777\\nAccept=yes\\n' > s.socket; printf '[Service]\\nExecStart=-/bin/cat\\nStandardInput=socket\\n' > s@.service
systemctl start s.socket; exec 5<>/dev/tcp/127.0.0.1/7777; echo hi >&5; read x <&5; echo $x; systemctl status s.socket | grep -A1 Listen: | head -2; systemctl list-units 's@*' --no-legend | sed 's/:[0-9]*\\.service.*/:PORT/'; exec 5>&-`)).toBe(`hi
     Listen: [::]:7777 (Stream)
   Accepted: 1; Connected: 1;
  s@0-127.0.0.1:7777-127.0.0.1:PORT
`);
  expect(output(`printf '[Service]\\nExecStart=/bin/false\\nRestart=always\\nRestartSec=5\\n' > r.service; systemctl start r; sleep 1; systemctl status r | grep -E 'Active:|Process:|Main PID:' | sed 's/ since.*//; s/[0-9]\\{3,\\}/PID/'`)).toBe(`     Active: activating (auto-restart) (Result: exit-code)
    Process: PID ExecStart=/bin/false (code=exited, status=1/FAILURE)
   Main PID: PID (code=exited, status=1/FAILURE)
`);
  expect(output("systemd-escape -p '/mnt/clé usb'; systemd-escape -u -p 'mnt-cl\\xc3\\xa9\\x20usb'")).toBe("mnt-cl\\xc3\\xa9\\x20usb\n/mnt/clé usb\n");
});
