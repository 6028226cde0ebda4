// systemd-tmpfiles as that of Debian 12 (252) answered on the same files.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/tmp", environment: new Map([["LANG", "C.UTF-8"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 60_000_000, maxSteps: 50_000_000 }).stdout);

test("what lines make, and which lines are wrong", () => {
  const lines = ["d /a 0750 root root 10d", "f /a/f 0640 root root - hello world", "F /a/g 0644 - - - text", "w /a/f - - - - again", "w+ /a/f - - - - more", "L /a/l - - - - f", "p /a/p 0600", "D /b 1777 root root -", "C /c - - - - /a", "z /a/f 0600", "q /q 0755", "h /a - - - +A", "c /a/n 0666 - - - 1:3", "bogus /x", "d relative", "d /u/v 0700 nosuchuser"];
  expect(output(`mkdir tm; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")} > tm/x.conf; systemd-tmpfiles --root=/tmp/tm --create /tmp/tm/x.conf; echo $?; cd tm; find a b q | sort; stat -c '%A %n' a a/f a/p b q a/n; cat a/f`)).toBe(
    `/tmp/tm/x.conf:5: Duplicate line for path "/tmp/tm/a/f", ignoring.\n/tmp/tm/x.conf:12: Set file attribute requires argument.\n/tmp/tm/x.conf:14: Unknown modifiers in command 'bogus'\n/tmp/tm/x.conf:15: Path 'relative' not absolute.\n/tmp/tm/x.conf:16: Failed to resolve user 'nosuchuser': No such process\n65\n` +
      "a\na/f\na/g\na/l\na/n\na/p\nb\nq\ndrwxr-x--- a\n-rw------- a/f\nprw------- a/p\ndrwxrwxrwt b\ndrwxr-xr-x q\ncrw-rw-rw- a/n\nagain world",
  );
  expect(output("systemd-tmpfiles; echo $?; systemd-tmpfiles --create /nosuch; echo $?; for l in 'd /x 099999' 'd /x 0755 root root 1foo' d 'f /x/%Q' 'd /x 0755 root nogrp' 'w /x'; do echo \"$l\" | systemd-tmpfiles --create --root=/tmp/tm -; echo $?; done; mkdir -p tm/zz/dd; echo 'f /zz/dd' | systemd-tmpfiles --create --root=/tmp/tm -; echo $?; su student -c \"echo 'd /xx' | systemd-tmpfiles --create -; echo \\$?\"")).toBe(
    "You need to specify at least one of --clean, --create or --remove.\n1\nFailed to open '/nosuch': No such file or directory\n1\n<stdin>:1: Invalid mode '099999'.\n65\n<stdin>:1: Invalid age '1foo'.\n65\n<stdin>:1: Syntax error.\n65\n<stdin>:1: Failed to replace specifiers in '/x/%Q': Invalid slot\n65\n<stdin>:1: Failed to resolve group 'nogrp'.\n65\n<stdin>:1: Write file requires argument.\n65\n" +
      '/tmp/tm/zz/dd exists and is not a regular file.\n73\nFailed to create directory or subvolume "/xx": Permission denied\n73\n',
  );
});

test("removing and cleaning; a file of one's own in /etc/tmpfiles.d", () => {
  expect(output("cd tm; printf '%s\\n' 'd /t 0755 root root 1d' 'x /t/keep*' 'r /t/r*' 'R /t/dir' 'D /t/D 0755' > y.conf; mkdir -p t/dir/x t/D t/old; touch t/r1 t/new t/keep1 t/D/f t/old/f; systemd-tmpfiles --root=/tmp/tm --clean --remove /tmp/tm/y.conf; find t | sort")).toBe("t\nt/D\nt/keep1\nt/new\nt/old\nt/old/f\n");
  expect(output("echo 'd /run/mine 0750 student student -' > /etc/tmpfiles.d/mine.conf; systemd-tmpfiles --create; stat -c '%A %U:%G' /run/mine; systemd-tmpfiles --cat-config | grep mine; systemctl start systemd-tmpfiles-clean; systemctl show -p Result systemd-tmpfiles-clean")).toBe(
    "drwxr-x--- student:student\n# /etc/tmpfiles.d/mine.conf\nd /run/mine 0750 student student -\nResult=success\n",
  );
});
