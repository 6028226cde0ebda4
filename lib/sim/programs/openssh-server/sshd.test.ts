// Logins from the machine to itself: what lets a person in and what keeps them out.
import { describe, expect, test } from "vitest";
import { decode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

/** A script of root on a machine of its own, both outputs in the order of a pipe. */
function onHost(script: string): string {
  const world = createWorld({ host: "debian-12", seed: 1, epochUs: 1_790_000_000_000_000, user: "root" });
  world.step(10_000_000, 50_000_000);
  const run = world.runProgram({
    argv: ["bash", "-c", `exec 2>&1; ${script}`], user: "root", directory: "/root", environment: new Map([["LC_ALL", "C.UTF-8"], ["HOME", "/root"], ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    limitUs: 120_000_000, maxSteps: 200_000_000,
  });
  return decode(run.stdout).replaceAll("\r\n", "\n");
}

/** root's key lets in as student; `to` runs a command there without questions. */
const keys = "ssh-keygen -q -t ed25519 -N '' -f k; install -o student -g student -m 600 k.pub /home/student/.ssh/authorized_keys; cp k.pub .ssh/authorized_keys; to() { ssh -q -i k -o BatchMode=yes -o StrictHostKeyChecking=no \"$@\"; }; ";

describe("a key", () => {
  test("lets an ordinary user in, and root", () => {
    expect(onHost(`${keys}to student@localhost 'id -un; pwd'; to localhost 'id -un; exit 3'; echo $?`)).toBe("student\n/home/student\nroot\n3\n");
  });
  test("does not let root in where PermitRootLogin says no, others still", () => {
    expect(onHost(`${keys}echo 'PermitRootLogin no' > /etc/ssh/sshd_config.d/root.conf; systemctl reload ssh; to localhost true; echo $?; to student@localhost id -un`)).toBe("root@localhost: Permission denied (publickey,password).\n255\nstudent\n");
  });
  test("counts for nothing in a file that others may write", () => {
    expect(onHost(`${keys}chmod 666 /home/student/.ssh/authorized_keys; to student@localhost true; echo $?`)).toBe("student@localhost: Permission denied (publickey,password).\n255\n");
  });
});

test("a key of the host that has changed stops the login", () => {
  expect(onHost(`${keys}to localhost true; echo $?; rm /etc/ssh/ssh_host_*; ssh-keygen -A > /dev/null; systemctl restart ssh; ssh -o BatchMode=yes localhost true | tail -1; ssh -o BatchMode=yes localhost true 2>&1 | grep -c 'REMOTE HOST IDENTIFICATION HAS CHANGED'`)).toMatch(/^0\n[\s\S]*Host key verification failed\.\n1\n$/);
});
