import { describe, expect, test } from "vitest";
import { encode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { type Blocking, O } from "../sys.ts";
import { inMachine, read, write } from "../test-machine.ts";

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
      sys.rtnetlink({ op: "link-add", name: "d0", kind: "dummy" });
      expect([yield* write(sys, "/proc/sys/net/ipv4/conf/default/rp_filter", "1"), yield* write(sys, "/proc/sys/net/ipv4/conf/d0/forwarding", "1"), yield* write(sys, "/proc/sys/net/ipv6/conf/d0/disable_ipv6", "x")]).toEqual(["ok", "ok", "EINVAL"]);
      expect([yield* read(sys, "/proc/sys/net/ipv4/conf/d0/rp_filter"), yield* read(sys, "/proc/sys/net/ipv4/conf/d0/forwarding"), yield* read(sys, "/proc/sys/net/ipv6/conf/d0/mtu"), sys.readdir("/proc/sys/net/ipv4/conf").map((entry) => entry.name)]).toEqual(
        ["1\n", "1\n", "1500\n", ["all", "default", "lo", "d0"]]);
      sys.unshare(["net"]);
      expect([yield* read(sys, "/proc/sys/net/ipv4/ip_forward"), sys.readdir("/proc/sys/net/ipv4/conf").map((entry) => entry.name)]).toEqual(["0\n", ["all", "default", "lo"]]);
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
