import { describe, expect, test } from "vitest";
import { decode, encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { registerFileSystems } from "../file-system-types.ts";
import type { Hardware } from "../hardware.ts";
import { createKernel, type Kernel } from "../kernel.ts";
import { type Blocking, O, type Sys } from "../sys.ts";
import { MemoryFileSystem } from "../vfs/memory-file-system.ts";

const HARDWARE: Hardware = {
  processor: {
    vendor: "GenuineIntel", family: 6, model: 94, stepping: 3, modelName: "Test CPU", mhz: 2000, cacheKib: 4096, sockets: 1, coresPerSocket: 2, threadsPerCore: 1, flags: ["fpu", "vmx"], bugs: ["spectre_v1"], bogomips: 4000,
    physicalAddressBits: 40, virtualAddressBits: 48,
  },
  dmi: new Map([["sys_vendor", "QEMU"], ["product_name", "Standard PC (Q35 + ICH9, 2009)"], ["product_uuid", "x"]]),
  efi: false,
  pci: [{ slot: "0000:00:02.0", vendor: 0x1af4, device: 0x1000, subsystemVendor: 0x1af4, subsystemDevice: 1, class: 0x020000, revision: 0, driver: "virtio-pci", virtio: { index: 0, kind: 1, driver: "virtio_net" } }],
  disks: [{ name: "vda", major: 254, minor: 0, sizeBytes: 2 ** 30, partitions: [{ name: "vda1", number: 1, startSector: 2048, sectors: 2095104, major: 254, minor: 1 }], readOnly: false, removable: false, rotational: false, logicalBlockBytes: 512 }],
  networkCards: [],
  commandLine: "root=/dev/vda1 ro quiet",
  moduleSizes: new Map(),
};

const BOOT = 1_700_000_000_000_000;

function boot(): Kernel {
  let kernel: Kernel | undefined;
  const root = new MemoryFileSystem({ type: "ext4", device: 0xfe01, options: "errors=remount-ro", host: { nowUs: () => kernel?.realtimeUs() ?? BOOT, chargeStorage: () => undefined } });
  kernel = createKernel({ seed: 1, bootEpochUs: BOOT, root, rootSource: "/dev/vda1", rootShared: true, loader: () => undefined, hostname: "debian", memoryBytes: 2 ** 31, cpuCount: 2 });
  registerFileSystems(kernel, { hardware: () => HARDWARE });
  return kernel;
}

/** Runs it as PID 1, with /proc, /sys, /dev and cgroup2 mounted. */
function inMachine(body: (sys: Sys) => Blocking<void>): void {
  const kernel = boot();
  let failure: unknown;
  let done = false;
  kernel.spawn({
    argv: ["/sbin/init"],
    *entry(sys) {
      try {
        for (const [type, target] of [["proc", "/proc"], ["sysfs", "/sys"], ["devtmpfs", "/dev"], ["tmpfs", "/run"], ["devpts", "/dev/pts"], ["cgroup2", "/sys/fs/cgroup"]] as const) {
          if (!["/dev/pts", "/sys/fs/cgroup"].includes(target)) sys.mkdir(target, 0o755);
          sys.mount(type, target, type, { nosuid: true, nodev: type !== "devtmpfs", noexec: true });
        }
        yield* body(sys);
        done = true;
      } catch (error) {
        failure = error;
      }
      for (;;) yield* sys.pause();
    },
  });
  kernel.step(60_000_000, 5_000_000);
  if (failure !== undefined) throw failure;
  expect(done).toBe(true);
}

function* read(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, O.RDONLY);
  let text = "";
  for (;;) {
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) break;
    text += decode(bytes);
  }
  sys.close(fd);
  return text;
}

function* write(sys: Sys, path: string, text: string): Blocking<string> {
  try {
    const fd = yield* sys.open(path, O.WRONLY | O.TRUNC);
    try {
      yield* sys.write(fd, encode(text));
    } finally {
      sys.close(fd);
    }
    return "ok";
  } catch (error) {
    if (error instanceof SysError) return error.errno;
    throw error;
  }
}

describe("procfs", () => {
  test("every file can be read, none throws anything but an errno", () => {
    inMachine(function* (sys) {
      const seen: string[] = [];
      function* visit(directory: string, depth: number): Blocking<void> {
        for (const { name, type } of sys.readdir(directory)) {
          const path = `${directory}/${name}`;
          sys.lstat(path);
          if (type === 0o120000) {
            try {
              sys.readlink(path);
              sys.stat(path);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
            }
          } else if (type === 0o040000) {
            if (depth < 9) yield* visit(path, depth + 1);
          } else if (type === 0o100000) {
            seen.push(path);
            try {
              yield* read(sys, path);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              if (!["EIO", "EPERM", "EINVAL", "EOPNOTSUPP", "EACCES"].includes(error.errno)) throw new Error(`${path}: ${error.errno}`);
            }
          }
        }
      }
      yield* visit("/proc", 0);
      yield* visit("/sys", 0);
      expect(seen.length).toBeGreaterThan(700);
    });
  });

  test("mounts, status, cgroup, links", () => {
    inMachine(function* (sys) {
      expect(yield* read(sys, "/proc/self/mountinfo")).toBe(
        "21 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro\n"
        + "22 21 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:2 - proc proc rw\n23 21 0:22 / /sys rw,nosuid,nodev,noexec,relatime shared:3 - sysfs sysfs rw\n"
        + "24 21 0:6 / /dev rw,nosuid,noexec,relatime shared:4 - devtmpfs devtmpfs rw,size=1048576k,nr_inodes=262144,mode=755,inode64\n"
        + "25 21 0:23 / /run rw,nosuid,nodev,noexec,relatime shared:5 - tmpfs tmpfs rw,inode64\n26 24 0:24 / /dev/pts rw,nosuid,nodev,noexec,relatime shared:6 - devpts devpts rw,mode=600,ptmxmode=000\n"
        + "27 23 0:25 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:7 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n");
      expect((yield* read(sys, "/proc/mounts")).split("\n")[1]).toBe("proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0");
      expect([sys.readlink("/proc/self"), sys.readlink("/proc/self/cwd"), sys.readlink("/proc/self/ns/uts"), sys.readlink("/proc/thread-self")]).toEqual(["1", "/", "uts:[4026531838]", "1/task/1"]);
      expect(yield* read(sys, "/proc/self/cgroup")).toBe("0::/\n");
      expect((yield* read(sys, "/proc/self/status")).split("\n").slice(0, 9)).toEqual(["Name:\tinit", "Umask:\t0022", "State:\tR (running)", "Tgid:\t1", "Ngid:\t0", "Pid:\t1", "PPid:\t0", "TracerPid:\t0", "Uid:\t0\t0\t0\t0"]);
      expect(yield* read(sys, "/proc/1/cmdline")).toBe("/sbin/init\0");
      expect(yield* read(sys, "/proc/cmdline")).toBe("root=/dev/vda1 ro quiet\n");
    });
  });

  test("knobs", () => {
    inMachine(function* (sys) {
      const table: [string, string, string][] = [
        ["/proc/sys/vm/swappiness", "10\n", "ok"], ["/proc/sys/vm/swappiness", "201", "EINVAL"], ["/proc/sys/vm/swappiness", "x", "EINVAL"], ["/proc/sys/kernel/osrelease", "x", "EACCES"], ["/proc/sys/kernel/hostname", "box\n", "ok"],
        ["/proc/sys/net/ipv4/ip_forward", "1", "ok"], ["/proc/self/oom_score_adj", "-500", "ok"], ["/proc/self/oom_score_adj", "2000", "EINVAL"], ["/proc/nothing", "x", "ENOENT"], ["/proc/version", "x", "EIO"], ["/sys/kernel/fscaps", "0", "EACCES"], ["/sys/kernel/mm/transparent_hugepage/enabled", "never", "ok"],
        ["/sys/kernel/mm/transparent_hugepage/enabled", "sometimes", "EINVAL"],
      ];
      for (const [path, text, wanted] of table) expect([path, text, yield* write(sys, path, text)]).toEqual([path, text, wanted]);
      expect([sys.uname().nodename, yield* read(sys, "/proc/sys/net/ipv4/conf/all/forwarding"), yield* read(sys, "/sys/kernel/mm/transparent_hugepage/enabled")]).toEqual(["box", "1\n", "always madvise [never]\n"]);
      expect(() => sys.mkdir("/proc/x")).toThrow("No such file");
      expect(() => sys.mkdir("/sys/x")).toThrow("Operation not permitted");
    });
  });

  test("control groups", () => {
    inMachine(function* (sys) {
      sys.mkdir("/sys/fs/cgroup/lim");
      expect(yield* write(sys, "/sys/fs/cgroup/lim/pids.max", "3\n")).toBe("ok");
      expect(yield* read(sys, "/sys/fs/cgroup/lim/pids.max")).toBe("3\n");
      expect(yield* write(sys, "/sys/fs/cgroup/lim/pids.max", "x")).toBe("EINVAL");
      const child = sys.fork(function* (own) {
        yield* write(own, "/sys/fs/cgroup/lim/cgroup.procs", "0");
        yield* own.pause();
        return 0;
      });
      yield* sys.sleep(1000);
      expect(yield* read(sys, `/proc/${child}/cgroup`)).toBe("0::/lim\n");
      expect(() => sys.rmdir("/sys/fs/cgroup/lim")).toThrow("Device or resource busy");
      expect(yield* write(sys, "/sys/fs/cgroup/lim/cgroup.kill", "1")).toBe("ok");
      yield* sys.waitpid(child);
      sys.rmdir("/sys/fs/cgroup/lim");
      expect(() => sys.stat("/sys/fs/cgroup/lim")).toThrow("No such file");
    });
  });

  test("namespaces through their files", () => {
    inMachine(function* (sys) {
      const child = sys.fork(function* (own) {
        own.unshare(["uts", "mnt"]);
        own.sethostname("inner");
        yield* own.pause();
        return 0;
      });
      yield* sys.sleep(1000);
      const inner = sys.readlink(`/proc/${child}/ns/uts`);
      expect(inner).not.toBe(sys.readlink("/proc/self/ns/uts"));
      const target = yield* sys.open("/run/kept", O.CREAT | O.WRONLY);
      sys.close(target);
      sys.mount(`/proc/${child}/ns/uts`, "/run/kept", "", { bind: true });
      expect((yield* read(sys, "/proc/self/mountinfo")).trim().split("\n").pop()).toMatch(/ 0:4 uts:\[\d+\] \/run\/kept rw,relatime shared:\d+ - nsfs nsfs rw$/);
      sys.kill(child, 9);
      yield* sys.waitpid(child);
      const fd = yield* sys.open("/run/kept", O.RDONLY);
      sys.setns(fd, "uts");
      expect([sys.uname().nodename, sys.readlink("/proc/self/ns/uts")]).toEqual(["inner", inner]);
    });
  });

  test("descriptors", () => {
    inMachine(function* (sys) {
      const file = yield* sys.open("/run/f", O.CREAT | O.RDWR);
      yield* sys.write(file, encode("hello"));
      const [reader] = sys.pipe();
      expect(sys.readdir("/proc/self/fd").map((entry) => entry.name)).toEqual([`${file}`, `${reader}`, `${reader + 1}`]);
      expect(sys.readlink(`/proc/self/fd/${file}`)).toBe("/run/f");
      expect(sys.readlink(`/proc/self/fd/${reader}`)).toMatch(/^pipe:\[\d+\]$/);
      expect(yield* read(sys, `/proc/self/fd/${file}`)).toBe("hello");
      sys.unlink("/run/f");
      expect(sys.readlink(`/proc/self/fd/${file}`)).toBe("/run/f (deleted)");
      expect(yield* read(sys, `/proc/self/fdinfo/${file}`)).toMatch(/^pos:\t5\nflags:\t0100002\nmnt_id:\t25\nino:\t\d+\n$/);
    });
  });
});
