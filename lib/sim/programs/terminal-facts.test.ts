// What learners meet at the terminal of a fresh machine, command by command: rights, quoting, who is shown.
import { expect, test } from "vitest";
import { decode } from "../kernel/sys.ts";
import { createWorld } from "../world/world.ts";

function run(user: string, script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  world.step(10_000_000, 50_000_000);
  const home = user === "root" ? "/root" : `/home/${user}`;
  const done = world.runProgram({
    argv: ["bash", "-c", `exec 2>&1; ${script}`], user, directory: home, environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", home], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    limitUs: 60_000_000, maxSteps: 50_000_000,
  });
  return decode(done.stdout);
}

test.each([
  ["student", "mount /dev/vda1 /mnt", "mount: /mnt: must be superuser to use mount.\n       dmesg(1) may have more information after failed mount system call.\n"],
  ["student", "mount -o remount,ro /", "mount: /: must be superuser to use mount.\n       dmesg(1) may have more information after failed mount system call.\n"],
  ["student", "dmesg", "dmesg: read kernel buffer failed: Operation not permitted\n"],
  ["root", "readlink /proc/1/exe", "/usr/lib/systemd/systemd\n"],
  ["root", "getcap /usr/bin/ping", "/usr/bin/ping cap_net_raw=ep\n"],
  ["root", "busybox ash -c 'a=(1 2)'", 'ash: syntax error: unexpected "("\n'],
  ["root", "busybox ash -c '[[ a == a ]] && echo yes'", "yes\n"],
  ["root", "sleep 50 & sleep 51 & ps --forest -o args --ppid $$", "COMMAND\nps --forest -o args --ppid 618\nsleep 51\nsleep 50\n"],
  ["root", "mkdir -p d/e; touch d/e/f; printf 'y\\ny\\nn\\nn\\nn\\n' | rm -ri d", "rm: descend into directory 'd'? rm: descend into directory 'd/e'? rm: remove regular empty file 'd/e/f'? rm: remove directory 'd/e'? rm: remove directory 'd'? "],
])("%s: %s", (user, script, output) => {
  expect(run(user, script).replace(/--ppid \d+/, "--ppid 618")).toBe(output);
});

test.each([
  ["root", "dpkg -S /bin/ls; dpkg -S /usr/bin/ls", "coreutils: /bin/ls\ndpkg-query: no path found matching pattern /usr/bin/ls\n"],
  ["root", "apt-cache --no-generate pkgnames nano; apt-cache gencaches; apt-cache --no-generate pkgnames nano; apt-get clean; ls /var/cache/apt", "Reading package lists...\nnano\nnano-tiny\nnanoc\nnanofilt\nnanolyse\nnanomsg-utils\nnanook\nnanook-examples\nnanopb\nnanopolish\nnanostat\nnanosv\narchives\n"],
  ["root", "apt-get -qq -y remove cron >/dev/null; systemctl is-active cron; pgrep -c cron", "inactive\n0\n"],
  ["root", "printf '#!/bin/sh\\nsed -i s/^games:x:60:/games:x:60:student/ \"$1\"\\n' > ed; chmod +x ed; EDITOR=/root/ed vigr; EDITOR=true vipw; id -Gn student", "You have modified /etc/group.\nYou may need to modify /etc/gshadow for consistency.\nPlease use the command 'vigr -s' to do so.\nvipw: /etc/passwd is unchanged\nstudent sudo games\n"],
])("%s: %s", (user, script, output) => {
  expect(run(user, script)).toBe(output);
});

test.each([
  ["root", "ldd /bin/bash | sed 's/ (0x.*//'; ldd /bin/busybox; ldd /etc/passwd; ldd /nofile", "\tlinux-vdso.so.1\n\tlibtinfo.so.6 => /lib/x86_64-linux-gnu/libtinfo.so.6\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6\n\t/lib64/ld-linux-x86-64.so.2\n\tnot a dynamic executable\n\tnot a dynamic executable\nldd: /nofile: No such file or directory\n"],
  ["student", "expiry -c; echo $?; /usr/sbin/sysctl -w vm.swappiness=1; find /usr/bin -perm -2000 | sort | tr '\\n' ' '", "0\nsysctl: permission denied on key \"vm.swappiness\"\n/usr/bin/chage /usr/bin/crontab /usr/bin/expiry /usr/bin/ssh-agent "],
  ["root", "ps -o pid= -p $PPID -o args= | sed 's/ *[0-9]* //'; pstree -s $$ | head -n1 | cut -c1-19", "sshd: root@notty\nsystemd---sshd---ss\n"],
  ["root", "locale | sed -n '1,3p;$p'; locale -a | tr '\\n' ' '; LC_ALL= LANG=C.UTF-8 LC_TIME=C locale | grep TIME; LC_ALL=xx_YY locale charmap", "LANG=\nLANGUAGE=\nLC_CTYPE=\"C.UTF-8\"\nLC_ALL=C.UTF-8\nC C.utf8 POSIX LC_TIME=C\nlocale: Cannot set LC_CTYPE to default locale: No such file or directory\nlocale: Cannot set LC_MESSAGES to default locale: No such file or directory\nlocale: Cannot set LC_ALL to default locale: No such file or directory\nANSI_X3.4-1968\n"],
  ["root", "findmnt -t tmpfs -o TARGET; journalctl _PID=1 -n 1 -o cat | wc -l", "TARGET\n/dev/shm\n/run\n└─/run/lock\n1\n"],
  ["root", "LC_ALL=fr_FR.UTF-8 bash -c 'echo a'; LC_TIME=xx LC_ALL= bash -c 'echo b'; LANG=xx LC_ALL= bash -c 'echo c'; LC_ALL=C.utf8 bash -c 'echo d'", "bash: warning: setlocale: LC_ALL: cannot change locale (fr_FR.UTF-8)\na\nbash: warning: setlocale: LC_TIME: cannot change locale (xx)\nb\nc\nd\n"],
])("%s: %s", (user, script, output) => {
  expect(run(user, script)).toBe(output);
});
