// limits.conf(5): by name before by group before everybody, the later line of a kind; and what the services do with it.
import { expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";
import { limitsFor } from "./pam-limits.ts";

test("limits.conf", () => {
  const person = { name: "ann", uid: 1001, gid: 100, groups: ["users", "dev"] };
  expect(limitsFor(["* hard nofile 4096\nann soft nofile 512 # own\n* soft nofile 99\n@dev - nproc 50\n@other - nproc 5\n"], person)).toEqual([{ kind: "nofile", soft: 512, hard: 4096 }, { kind: "nproc", soft: 50, hard: 50 }]);
  expect(limitsFor(["1000: hard core 0\n:0 hard core 9\n", "ann - core unlimited\n"], person)).toEqual([{ kind: "core", soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }]);
  expect(limitsFor(["* - nofile 1\n@root - nofile 1\nroot - nofile 7\nroot soft nosuch 1\nroot soft nofile many\n"], { name: "root", uid: 0, gid: 0, groups: ["root"] })).toEqual([{ kind: "nofile", soft: 7, hard: 7 }]);
});

test("su, sudo, sshd; /etc/nologin; lastlog", () => {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(30_000_000, 50_000_000);
  const output = (script: string): string => decode(world.runProgram({ argv: ["bash", "-c", `exec 2>&1; ${script}`], directory: "/root", environment: new Map([["LANG", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/sbin:/usr/bin:/sbin:/bin"]]), limitUs: 120_000_000, maxSteps: 50_000_000 }).stdout);
  expect(output("echo 'student hard nofile 512' >> /etc/security/limits.conf; echo '@sudo - nproc 100' > /etc/security/limits.d/sudo.conf; su - student -c 'ulimit -n; ulimit -Hn; ulimit -u'; sudo -u student bash -c 'ulimit -n'; ulimit -n")).toBe("512\n512\n100\n512\n1024\n");
  expect(output("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519; mkdir -p -m 700 ~student/.ssh; cp ~/.ssh/id_ed25519.pub ~student/.ssh/authorized_keys; chown -R student: ~student/.ssh; S='ssh -q -o StrictHostKeyChecking=no student@127.0.0.1'; $S 'ulimit -n'; echo closed > /etc/nologin; ssh student@127.0.0.1 id; echo $?; rm /etc/nologin; $S -tt true; lastlog -u student; lastlog -u student -t 1 | wc -l; lastlog -C -u student; lastlog -u student")).toBe(
    "512\nclosed\r\nConnection closed by 127.0.0.1 port 22\r\n255\nUsername         Port     From                                       Latest\nstudent          pts/0    127.0.0.1                                 Sat Nov 21 21:09:30 +0000 2026\n2\nUsername         Port     From                                       Latest\nstudent                                                             **Never logged in**\n",
  );
});
