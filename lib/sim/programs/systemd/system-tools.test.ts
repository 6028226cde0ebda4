// systemd-sysusers as that of Debian 12 (252) answered on the same lines; locks, mounts and questions as systemd-inhibit(1), systemd-mount(1) and systemd-ask-password(1) tell.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
world.step(30_000_000, 50_000_000);
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 200_000_000, maxSteps: 50_000_000 }).stdout);

test("systemd-sysusers", () => {
  const lines = ['u myapp - "My App" /var/lib/myapp', 'u fixed 333 "Fixed" - /bin/sh', "u both 334:users -", "g mygroup 444", "g auto -", "m myapp mygroup", "m newuser newgroup", "r - 500-600", "u root 0", "g users 5", "u other 334"];
  expect(output(`mkdir -p su/etc; cp /etc/passwd /etc/group /etc/shadow /etc/gshadow su/etc; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > su/x.conf; systemd-sysusers --root=/tmp/su /tmp/su/x.conf; diff /etc/passwd su/etc/passwd; diff /etc/group su/etc/group | sed 1d; diff /etc/gshadow su/etc/gshadow | sed 1d; systemd-sysusers --root=/tmp/su /tmp/su/x.conf; echo $?; systemd-sysusers --root=/tmp/su --dry-run --inline 'u q 20000'`).replace(/^\d+a\d+.*\n/m, "")).toBe(
    `Creating group 'mygroup' with GID 444.
Creating group 'auto' with GID 600.
Creating group 'newgroup' with GID 599.
Creating group 'myapp' with GID 598.
Creating user 'myapp' (My App) with UID 598 and GID 598.
Creating group 'fixed' with GID 333.
Creating user 'fixed' (Fixed) with UID 333 and GID 333.
Creating user 'both' (n/a) with UID 334 and GID 100.
Suggested user ID 334 for other already used.
Creating group 'other' with GID 597.
Creating user 'other' (n/a) with UID 597 and GID 597.
Creating group 'newuser' with GID 596.
Creating user 'newuser' (n/a) with UID 596 and GID 596.
> myapp:x:598:598:My App:/var/lib/myapp:/usr/sbin/nologin
> fixed:x:333:333:Fixed:/:/bin/sh
> both:x:334:100::/:/usr/sbin/nologin
> other:x:597:597::/:/usr/sbin/nologin
> newuser:x:596:596::/:/usr/sbin/nologin
> mygroup:x:444:myapp
> auto:x:600:
> newgroup:x:599:newuser
> myapp:x:598:
> fixed:x:333:
> other:x:597:
> newuser:x:596:
> mygroup:!*::myapp
> auto:!*::
> newgroup:!*::newuser
> myapp:!*::
> fixed:!*::
> other:!*::
> newuser:!*::
0
Creating group 'q' with GID 20000.
Creating user 'q' (n/a) with UID 20000 and GID 20000.
Would write /etc/group…
Would write /etc/gshadow…
Would write /etc/passwd…
Would write /etc/shadow…
`,
  );
  expect(output("for l in 'bogus x' 'u bad!name' 'k x' u 'r - abc' 'u a x' 'm a' 'r x 5'; do systemd-sysusers --root=/tmp/su --inline \"$l\"; done; systemd-sysusers nosuch.conf; su student -c \"systemd-sysusers --inline 'u zz -'\"")).toBe(
    "(argument):1: Unknown modifier 'bogus'.\n(argument):1: 'bad!name' is not a valid user or group name.\n(argument):1: Unknown command type 'k'.\n(argument):1: Missing action and name columns.\n(argument):1: Invalid UID range abc.\n(argument):1: Failed to parse UID: 'x': Invalid argument\n(argument):1: Lines of type 'm' require a group name in the third field.\n(argument):1: Lines of type 'r' don't take a name field.\nFailed to open 'nosuch.conf', ignoring: No such file or directory\nFailed to take /etc/passwd lock: Permission denied\n",
  );
});

test("systemd-inhibit holds a lock while its program runs", () => {
  expect(output("systemd-inhibit --list; systemd-inhibit --what=shutdown --who=backup --why='disk copy' sleep 30 & sleep 1; systemd-inhibit --list | sed -E 's/ [0-9]{3,} / N /'; wait; systemd-inhibit --list; systemd-inhibit false; echo $?; systemd-inhibit --what=nosuch true; su student -c 'systemd-inhibit true'")).toBe(
    "No inhibitors.\nWHO    UID USER PID COMM            WHAT     WHY       MODE\nbackup 0   root N systemd-inhibit shutdown disk copy block\n\n1 inhibitors listed.\nNo inhibitors.\n1\nFailed to inhibit: Invalid argument\nFailed to inhibit: Access denied\n",
  );
});

test("systemd-mount makes a transient unit, systemd-umount stops it", () => {
  expect(output("systemd-mount -t tmpfs none /mnt/x; findmnt -n -o TARGET,FSTYPE /mnt/x; systemctl is-active mnt-x.mount; systemd-umount /mnt/x; findmnt /mnt/x; echo $?; systemd-umount /mnt/nothing; systemd-mount; truncate -s 20M img; mke2fs -q -L data img; losetup /dev/loop7 img; systemd-mount /dev/loop7; findmnt -n -o TARGET /dev/loop7; systemd-mount -u /dev/loop7; losetup -d /dev/loop7")).toBe(
    "Started unit mnt-x.mount for mount point: /mnt/x\n/mnt/x tmpfs\nactive\nStopped unit mnt-x.mount for mount point: /mnt/x\n1\nFailed to find mount point for /mnt/nothing: No such file or directory\nAt least one argument required.\nStarted unit run-media-system-data.mount for mount point: /run/media/system/data\n/run/media/system/data\nStopped unit run-media-system-data.mount for mount point: /run/media/system/data\n",
  );
});

test("systemd-ask-password without a terminal waits for an agent, in vain", () => {
  expect(output("systemd-ask-password --timeout=5 </dev/null; echo $?; systemd-stdio-bridge; echo $?")).toBe("Failed to query password: Timer expired\n1\nFailed to start bus client: Connection refused\n1\n");
});
