import { expect, test } from "vitest";
import { encode } from "../bytes.ts";
import { type Blocking, O, type Sys, SysError } from "../sys.ts";
import { inMachine, read, write } from "../test-machine.ts";

function errno(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "ok";
}

/** Runs `body` as uid 1000 in a child and gives what it threw. */
function* asUser(sys: Sys, body: (sys: Sys) => Blocking<void>): Blocking<void> {
  let failure: unknown;
  const child = sys.fork(function* (own) {
    try {
      own.setgroups([]);
      own.setresgid(1000, 1000, 1000);
      own.setresuid(1000, 1000, 1000);
      yield* body(own);
    } catch (error) {
      failure = error;
    }
    return 0;
  });
  yield* sys.waitpid(child);
  if (failure !== undefined) throw failure;
}

test("what root of a user namespace may mount and change", () => {
  inMachine(function* (root) {
    root.mkdir("/mnt");
    root.mkdir("/srv");
    root.mkdir("/srv/old");
    root.chown("/srv", 1000, 1000);
    root.chown("/srv/old", 1000, 1000);
    const secret = yield* root.open("/secret", O.CREAT | O.WRONLY, 0o600);
    yield* root.write(secret, encode("s"));
    root.close(secret);
    yield* asUser(root, function* (sys) {
      expect(errno(() => sys.mount("none", "/mnt", "tmpfs", {}))).toBe("EPERM");
      sys.unshare(["user", "mnt"]);
      expect([sys.stat("/srv").uid, sys.getcred().euid]).toEqual([65534, 65534]);
      expect([yield* write(sys, "/proc/self/setgroups", "deny"), yield* write(sys, "/proc/self/uid_map", "0 1000 1"), yield* write(sys, "/proc/self/gid_map", "0 1000 1"), yield* write(sys, "/proc/self/uid_map", "0 1000 1")]).toEqual(["ok", "ok", "ok", "EPERM"]);
      expect([sys.getcred().euid, sys.stat("/srv").uid, sys.stat("/secret").uid, yield* read(sys, "/proc/self/uid_map")]).toEqual([0, 0, 65534, "         0       1000          1\n"]);
      // Capabilities count for what is mapped, not for the machine's own files.
      expect([errno(() => sys.chmod("/secret", 0o644)), errno(() => sys.chown("/srv", 0, 0)), errno(() => sys.mknod("/srv/n", 0o020666, 0x103)), yield* write(sys, "/secret", "x")]).toEqual(["EPERM", "ok", "EPERM", "EACCES"]);
      sys.mount("none", "/mnt", "tmpfs", {});
      expect(errno(() => sys.mkdir("/mnt/d"))).toBe("ok");
      expect([errno(() => sys.umount("/proc")), errno(() => sys.mount("/dev/vda1", "/mnt", "ext4", {})), errno(() => sys.umount("/mnt"))]).toEqual(["EINVAL", "EPERM", "ok"]);
      sys.mount("/srv", "/srv", "", { bind: true });
      sys.chdir("/srv");
      sys.pivotRoot(".", "old");
      expect(sys.readdir("/").map((entry) => entry.name)).toEqual(["old"]);
      expect(yield* read(sys, "/old/proc/self/mountinfo")).toMatch(/^\d+ \d+ 254:1 \/srv \/ rw,relatime master:1 - ext4 \/dev\/vda1 rw,errors=remount-ro\n/m);
    });
    expect(root.readdir("/srv").map((entry) => entry.name)).toEqual(["old"]);
    expect(root.readdir("/mnt")).toEqual([]);
  });
});
