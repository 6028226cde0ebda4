import { describe, expect, test } from "vitest";
import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { O, S } from "../sys.ts";
import { chmod, chown, setInodeFlags, truncate, utimes } from "./attributes.ts";
import { MemoryFileSystem } from "./memory-file-system.ts";
import { mount, pivotRoot, umount } from "./mount-calls.ts";
import { link, mkdir, readdir, readlink, rename, rmdir, symlink, unlink } from "./names.ts";
import { open } from "./open.ts";
import { pathName } from "./path.ts";
import { resolve } from "./resolve.ts";
import { access, stat } from "./stat.ts";
import { TestMachine } from "./test-machine.ts";

function errno(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "ok";
}

function fresh(): TestMachine {
  const machine = new TestMachine();
  const { root } = machine;
  for (const name of ["/etc", "/home", "/home/ann", "/tmp", "/mnt", "/mnt/a", "/mnt/b"]) mkdir(root, name, 0o755);
  chmod(root, resolve(root, "/tmp"), 0o1777);
  chown(root, resolve(root, "/home/ann"), 1000, 1000);
  machine.write(root, "/etc/passwd", "root:x:0:0\n");
  machine.write(root, "/etc/shadow", "secret\n", 0o600);
  return machine;
}

describe("resolution", () => {
  test("errors", () => {
    const { root } = fresh();
    symlink(root, "loop", "/loop");
    symlink(root, "/etc/passwd", "/etc/link");
    symlink(root, "nowhere", "/dangling");
    const table: [string, string][] = [
      ["", "ENOENT"], ["/etc/none", "ENOENT"], ["/etc/passwd/x", "ENOTDIR"], ["/etc/passwd/", "ENOTDIR"], ["/loop", "ELOOP"], ["/dangling", "ENOENT"],
      [`/${"x".repeat(256)}`, "ENAMETOOLONG"], [`/${"é".repeat(128)}`, "ENAMETOOLONG"], [`/${"x/".repeat(2100)}`, "ENAMETOOLONG"], ["/etc/../etc/./link", "ok"], ["/../..", "ok"],
      ["/etc/link/", "ENOTDIR"], ["//etc//passwd", "ok"],
    ];
    for (const [name, wanted] of table) expect([name, errno(() => resolve(root, name))]).toEqual([name, wanted]);
    expect(readlink(root, "/etc/link")).toBe("/etc/passwd");
    expect(stat(root, "/etc/link", false).mode).toBe(S.IFLNK | 0o777);
  });

  test("names of places", () => {
    const machine = fresh();
    const { root } = machine;
    const place = resolve(root, "/home/ann");
    expect(pathName(root.root, place)).toBe("/home/ann");
    rename(root, "/home/ann", "/home/bob");
    expect(pathName(root.root, place)).toBe("/home/bob");
    rmdir(root, machine.host, "/home/bob");
    machine.write(root, "/tmp/f", "x");
    const file = resolve(root, "/tmp/f");
    machine.open(root, "/tmp/f", O.RDONLY);
    unlink(root, "/tmp/f");
    expect(pathName(root.root, file)).toBe("/tmp/f (deleted)");
  });
});

describe("permissions", () => {
  test("an ordinary user", () => {
    const machine = fresh();
    const ann = machine.caller(1000);
    const table: [string, () => unknown, string][] = [
      ["read shadow", () => machine.read(ann, "/etc/shadow"), "EACCES"],
      ["append passwd", () => open(ann, machine.host, "/etc/passwd", O.WRONLY), "EACCES"],
      ["make in /etc", () => mkdir(ann, "/etc/x", 0o755), "EACCES"],
      ["make existing", () => mkdir(ann, "/etc", 0o755), "EEXIST"],
      ["chmod", () => chmod(ann, resolve(ann, "/etc/passwd"), 0o777), "EPERM"],
      ["chown", () => chown(ann, resolve(ann, "/home/ann"), 0, -1), "EPERM"],
      ["home", () => mkdir(ann, "/home/ann/d", 0o777), "ok"],
      ["rm passwd", () => unlink(ann, "/etc/passwd"), "EACCES"],
      ["rm dir", () => unlink(ann, "/home/ann/d"), "EISDIR"],
      ["hard link to shadow", () => link(ann, "/etc/shadow", "/home/ann/s"), "EPERM"],
      ["access", () => access(ann, "/etc/passwd", 2), "EACCES"],
      ["utimes", () => utimes(ann, machine.host, resolve(ann, "/etc/passwd"), 1, 1), "EPERM"],
      ["utimes now", () => utimes(ann, machine.host, resolve(ann, "/etc/passwd"), "now", "now"), "EACCES"],
    ];
    for (const [what, action, wanted] of table) expect([what, errno(action)]).toEqual([what, wanted]);
    expect(stat(ann, "/home/ann/d").mode & 0o7777).toBe(0o755);
  });

  test("sticky, set-group-ID, immutable, set-user-ID cleared", () => {
    const machine = fresh();
    const { root } = machine;
    const ann = machine.caller(1000);
    const bob = machine.caller(1001);
    machine.write(ann, "/tmp/a", "x");
    expect(errno(() => unlink(bob, "/tmp/a"))).toBe("EPERM");
    expect(errno(() => rename(bob, "/tmp/a", "/tmp/b"))).toBe("EPERM");
    mkdir(root, "/srv", 0o777);
    chown(root, resolve(root, "/srv"), 0, 50);
    chmod(root, resolve(root, "/srv"), 0o2777);
    mkdir(ann, "/srv/sub", 0o755);
    machine.write(ann, "/srv/file", "x");
    expect([stat(root, "/srv/sub").gid, stat(root, "/srv/sub").mode & 0o7777, stat(root, "/srv/file").gid]).toEqual([50, 0o2755, 50]);
    setInodeFlags(root, resolve(root, "/etc/passwd"), "i");
    expect(errno(() => unlink(root, "/etc/passwd"))).toBe("EPERM");
    expect(errno(() => open(root, machine.host, "/etc/passwd", O.WRONLY))).toBe("EPERM");
    expect(errno(() => truncate(root, machine.host, resolve(root, "/etc/passwd"), 0))).toBe("EPERM");
    setInodeFlags(root, resolve(root, "/etc/passwd"), "a");
    expect(errno(() => open(root, machine.host, "/etc/passwd", O.WRONLY))).toBe("EPERM");
    expect(errno(() => open(root, machine.host, "/etc/passwd", O.WRONLY | O.APPEND))).toBe("ok");
    chmod(ann, resolve(ann, "/tmp/a"), 0o4777);
    machine.write(bob, "/tmp/a", "y", 0o666, O.WRONLY);
    expect(stat(root, "/tmp/a").mode & 0o7777).toBe(0o777);
  });
});

describe("open", () => {
  test("flags", () => {
    const machine = fresh();
    const { root, host } = machine;
    symlink(root, "target", "/tmp/dangling");
    symlink(root, "/etc/passwd", "/tmp/abs");
    const table: [string, number, string][] = [
      ["/etc/passwd", O.CREAT | O.EXCL | O.WRONLY, "EEXIST"], ["/etc", O.WRONLY, "EISDIR"], ["/etc", O.RDONLY, "ok"], ["/etc/passwd", O.DIRECTORY, "ENOTDIR"],
      ["/tmp/abs", O.NOFOLLOW, "ELOOP"], ["/tmp/new/", O.CREAT | O.WRONLY, "EISDIR"], ["/tmp/dangling", O.CREAT | O.WRONLY, "ok"], ["/nodir/x", O.CREAT, "ENOENT"],
      ["/tmp/dangling", O.CREAT | O.EXCL, "EEXIST"], ["/etc", O.CREAT | O.RDONLY, "EISDIR"],
    ];
    for (const [name, flags, wanted] of table) expect([name, errno(() => open(root, host, name, flags))]).toEqual([name, wanted]);
    expect(stat(root, "/tmp/target").sizeBytes).toBe(0);
    const file = machine.open(root, "/tmp/target", O.RDWR);
    file.write(root, encode("hello"), undefined);
    file.seek(0, "set");
    expect(decode(file.read(root, 3, undefined) as Uint8Array)).toBe("hel");
    unlink(root, "/tmp/target");
    expect(decode(file.read(root, 9, undefined) as Uint8Array)).toBe("lo");
  });

  test("a full file system takes what fits", () => {
    const machine = new TestMachine();
    const small = new MemoryFileSystem({ type: "tmpfs", device: 40, host: machine.host, capacity: { blocks: 2, reservedBlocks: 0, inodes: 4 } });
    const node = small.create(small.root, "f", { mode: S.IFREG | 0o644, uid: 0, gid: 0 });
    expect(small.write(node, 0, new Uint8Array(10000).fill(1))).toBe(8192);
    expect(errno(() => small.write(node, 8192, encode("x")))).toBe("ENOSPC");
    small.unlink(small.root, "f");
    expect(small.statfs().blocksFree).toBe(2);
  });
});

describe("mounts", () => {
  test("bind, busy, over, detach", () => {
    const machine = fresh();
    const { root, host } = machine;
    machine.write(root, "/mnt/a/f", "x");
    mount(root, host, "/mnt/a", "/mnt/b", "", { bind: true });
    expect(machine.read(root, "/mnt/b/f")).toBe("x");
    expect(pathName(root.root, resolve(root, "/mnt/b/f"))).toBe("/mnt/b/f");
    expect(errno(() => rmdir(root, host, "/mnt/b"))).toBe("EBUSY");
    expect(errno(() => rename(root, "/mnt/b/f", "/mnt/a/g"))).toBe("EXDEV");
    mount(root, host, "none", "/mnt/b", "", { bind: true, remount: true, readOnly: true });
    expect(errno(() => machine.write(root, "/mnt/b/f", "y"))).toBe("EROFS");
    umount(root, host, "/mnt/b");
    expect(errno(() => umount(root, host, "/mnt/b"))).toBe("EINVAL");
    expect(errno(() => mount(machine.caller(1000), host, "x", "/mnt/b", "tmpfs", {}))).toBe("EPERM");
  });

  test("propagation", () => {
    const machine = fresh();
    const { root, host } = machine;
    mount(root, host, "", "/", "", { propagation: "shared", recursive: true });
    const other = machine.inNamespace(root.mountNamespace.clone(undefined));
    mount(root, host, "/etc", "/mnt/a", "", { bind: true });
    expect(machine.read(other, "/mnt/a/passwd")).toBe("root:x:0:0\n");
    mount(other, host, "", "/", "", { propagation: "slave", recursive: true });
    mount(root, host, "/etc", "/mnt/b", "", { bind: true });
    expect(machine.read(other, "/mnt/b/passwd")).toBe("root:x:0:0\n");
    umount(other, host, "/mnt/b");
    expect(machine.read(root, "/mnt/b/passwd")).toBe("root:x:0:0\n");
    umount(root, host, "/mnt/a");
    expect(errno(() => stat(other, "/mnt/a/passwd"))).toBe("ENOENT");
  });

  test("pivot_root", () => {
    const machine = fresh();
    const { root, host } = machine;
    mount(root, host, "/mnt/a", "/mnt/a", "", { bind: true });
    expect(errno(() => pivotRoot(root, host, "/mnt/b", "/mnt/b"))).toBe("EBUSY");
    mkdir(root, "/mnt/a/old", 0o755);
    pivotRoot(root, host, "/mnt/a", "/mnt/a/old");
    expect(machine.read(root, "/old/etc/passwd")).toBe("root:x:0:0\n");
    expect(readdir(root, "/").map((entry) => entry.name)).toEqual(["old"]);
    expect(errno(() => umount(root, host, "/old"))).toBe("ok");
    expect(readdir(root, "/old")).toEqual([]);
  });
});
