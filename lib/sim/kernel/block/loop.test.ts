import { describe, expect, test } from "vitest";
import { encode } from "../bytes.ts";
import { type Blocking, O, type Sys, SysError } from "../sys.ts";
import { inMachine, read, write } from "../test-machine.ts";
import { Ext4Superblock } from "./ext4-superblock.ts";

/** What mkfs.ext4 -b 1024 writes, as far as the kernel looks. */
function superblock(blocks: number): Uint8Array {
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  const made = new Ext4Superblock(bytes);
  made.blocks = blocks;
  made.inodes = 1000;
  view.setUint16(0x38, 0xef53, true);
  view.setUint32(0x20, 8192, true);
  view.setUint32(0x28, 500, true);
  view.setUint16(0x58, 256, true);
  return bytes;
}

function* make(sys: Sys, path: string, sizeBytes: number, parts: readonly (readonly [number, Uint8Array])[]): Blocking<void> {
  const fd = yield* sys.open(path, O.CREAT | O.RDWR);
  sys.ftruncate(fd, sizeBytes);
  for (const [at, bytes] of parts) yield* sys.pwrite(fd, bytes, at);
  sys.close(fd);
}

/** `inside` runs while the device is still open: afterwards an autoclear device that nobody uses is free again. */
function* losetup(sys: Sys, path: string, more: object = {}, inside: (name: string) => void = () => undefined): Blocking<string> {
  const control = yield* sys.open("/dev/loop-control", O.RDWR);
  const name = `/dev/loop${sys.ioctl(control, "LOOP_CTL_GET_FREE")}`;
  const [device, file] = [yield* sys.open(name, O.RDWR), yield* sys.open(path, O.RDWR)];
  sys.ioctl(device, "LOOP_CONFIGURE", { fd: file, ...more });
  inside(name);
  for (const fd of [control, device, file]) sys.close(fd);
  return name;
}

function errno(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
  return "ok";
}

describe("loop devices and ext4", () => {
  test("an image keeps its files, and a copy of it too", () => {
    inMachine(function* (sys) {
      sys.mkdir("/mnt");
      yield* make(sys, "/image", 8 << 20, [[1024, superblock(8192)]]);
      const loop = yield* losetup(sys, "/image");
      expect(loop).toBe("/dev/loop0");
      sys.mount(loop, "/mnt", "ext4", {});
      expect(sys.readdir("/mnt").map((entry) => entry.name)).toEqual(["lost+found"]);
      sys.mkdir("/mnt/d", 0o700);
      yield* make(sys, "/mnt/d/f", 0, [[0, encode("kept\n")], [100_000, encode("far")]]);
      sys.chown("/mnt/d/f", 5, 6);
      sys.link("/mnt/d/f", "/mnt/g");
      sys.symlink("d/f", "/mnt/s");
      expect(errno(() => sys.mount("/image", "/mnt", "ext4", {}))).toBe("ENOTBLK");
      const statfs = sys.statfs("/mnt");
      expect([statfs.type, statfs.files, statfs.blocks < 2048]).toEqual(["ext4", 1000, true]);
      sys.umount("/mnt");
      expect(sys.readdir("/mnt")).toEqual([]);
      // The copy is made of bytes alone.
      const bytes: Uint8Array[] = [];
      const source = yield* sys.open("/image", O.RDONLY);
      for (;;) {
        const part = yield* sys.read(source, 1 << 20);
        if (part.length === 0) break;
        bytes.push(part.slice());
      }
      yield* make(sys, "/copy", 8 << 20, bytes.map((part, index) => [index << 20, part] as const));
      const second = yield* losetup(sys, "/copy", { autoclear: true }, (name) => sys.mount(name, "/mnt", "ext4", { readOnly: true }));
      expect(second).toBe("/dev/loop1");
      expect(yield* read(sys, "/mnt/s")).toHaveLength(100_003);
      const [stat, twin] = [sys.stat("/mnt/d/f"), sys.stat("/mnt/g")];
      expect([stat.uid, stat.gid, stat.nlink, twin.ino === stat.ino, stat.blocks]).toEqual([5, 6, 2, true, 16]);
      expect(yield* write(sys, "/mnt/g", "x")).toBe("EROFS");
      sys.umount("/mnt");
      const device = yield* sys.open("/dev/loop1", O.RDONLY);
      expect(errno(() => sys.ioctl(device, "LOOP_GET_STATUS64"))).toBe("ENXIO");
      expect(yield* read(sys, "/sys/block/loop0/loop/backing_file")).toBe("/image\n");
    });
  });

  test("partitions come and go, a mounted file system grows", () => {
    inMachine(function* (sys) {
      sys.mkdir("/mnt");
      const table = new Uint8Array(512);
      const entry = (sectors: number): void => {
        new DataView(table.buffer).setUint32(446 + 8, 2048, true);
        new DataView(table.buffer).setUint32(446 + 12, sectors, true);
        table[446 + 4] = 0x83;
        table.set([0x55, 0xaa], 510);
      };
      entry(8192);
      yield* make(sys, "/image", 20 << 20, [[0, table], [(1 << 20) + 1024, superblock(4096)]]);
      const loop = yield* losetup(sys, "/image", { partscan: true });
      expect((yield* read(sys, "/proc/partitions")).trim().split("\n").slice(-2).map((line) => line.trim().split(/\s+/))).toEqual([["7", "0", "20480", "loop0"], ["259", "0", "4096", "loop0p1"]]);
      expect(yield* read(sys, "/sys/class/block/loop0p1/size")).toBe("8192\n");
      expect(sys.readlink("/sys/class/block/loop0p1")).toBe("../../devices/virtual/block/loop0/loop0p1");
      sys.mount("/dev/loop0p1", "/mnt", "ext4", {});
      const device = yield* sys.open(loop, O.RDWR);
      entry(16384);
      yield* sys.pwrite(device, table, 0);
      sys.ioctl(device, "BLKRRPART");
      expect(yield* read(sys, "/sys/block/loop0/loop0p1/size")).toBe("16384\n");
      const before = sys.statfs("/mnt").blocks;
      const directory = yield* sys.open("/mnt", O.RDONLY);
      expect(errno(() => sys.ioctl(directory, "EXT4_IOC_RESIZE_FS", 99_999))).toBe("EINVAL");
      sys.ioctl(directory, "EXT4_IOC_RESIZE_FS", 8192);
      expect(sys.statfs("/mnt").blocks).toBeGreaterThan(before);
      sys.close(directory);
      table.fill(0, 446, 462);
      yield* sys.pwrite(device, table, 0);
      expect(errno(() => sys.ioctl(device, "BLKRRPART"))).toBe("EBUSY");
      sys.umount("/mnt");
      sys.ioctl(device, "BLKRRPART");
      expect(errno(() => sys.stat("/dev/loop0p1"))).toBe("ENOENT");
      sys.ioctl(device, "LOOP_CLR_FD");
      expect(yield* read(sys, "/sys/block/loop0/size")).toBe("0\n");
    });
  });
});
