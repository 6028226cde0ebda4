import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../bytes.ts";
import { SysError } from "../errno.ts";
import { S } from "../sys.ts";
import { chmod, setxattr } from "./attributes.ts";
import type { Caller } from "./caller.ts";
import { mount } from "./mount-calls.ts";
import { link, mkdir, readdir, rename, rmdir, symlink, unlink } from "./names.ts";
import { overlayType } from "./overlay-type.ts";
import { resolve } from "./resolve.ts";
import { stat } from "./stat.ts";
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

/** The tree as text: names, types, modes and contents, sorted. */
function dump(machine: TestMachine, caller: Caller, directory: string): string[] {
  const lines: string[] = [];
  const visit = (path: string): void => {
    for (const { name } of [...readdir(caller, path)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = `${path}/${name}`;
      const { mode } = stat(caller, full, false);
      const type = mode & S.IFMT;
      lines.push(`${full.slice(directory.length)} ${mode.toString(8)} ${type === S.IFREG ? machine.read(caller, full) : type === S.IFLNK ? `-> ${name}` : ""}`);
      if (type === S.IFDIR) visit(full);
    }
  };
  visit(directory);
  return lines;
}

function overlayMachine(): TestMachine {
  const machine = new TestMachine();
  let device = 30;
  machine.types.set("overlay", overlayType(() => device++));
  for (const name of ["/l1", "/l2", "/u", "/w", "/m"]) mkdir(machine.root, name, 0o755);
  return machine;
}

function mountOverlay(machine: TestMachine): void {
  mount(machine.root, machine.host, "overlay", "/m", "overlay", {}, "lowerdir=/l1:/l2,upperdir=/u,workdir=/w");
}

describe("overlay", () => {
  test("copy-up, whiteouts, opaque directories", () => {
    const machine = overlayMachine();
    const { root } = machine;
    machine.write(root, "/l2/a", "lower a");
    machine.write(root, "/l2/b", "lower b");
    mkdir(root, "/l2/d", 0o755);
    machine.write(root, "/l2/d/x", "x");
    machine.write(root, "/l1/b", "higher b");
    mountOverlay(machine);
    expect(machine.read(root, "/m/b")).toBe("higher b");
    const before = stat(root, "/m/a").ino;
    machine.write(root, "/m/a", "changed");
    expect([machine.read(root, "/l2/a"), machine.read(root, "/u/a"), stat(root, "/m/a").ino]).toEqual(["lower a", "changed", before]);
    unlink(root, "/m/b");
    expect([stat(root, "/u/b").mode & S.IFMT, stat(root, "/u/b").rdev]).toEqual([S.IFCHR, 0]);
    expect(errno(() => stat(root, "/m/b"))).toBe("ENOENT");
    expect(errno(() => rename(root, "/m/d", "/m/e"))).toBe("EXDEV");
    expect(errno(() => rmdir(root, machine.host, "/m/d"))).toBe("ENOTEMPTY");
    unlink(root, "/m/d/x");
    rmdir(root, machine.host, "/m/d");
    mkdir(root, "/m/d", 0o700);
    expect(readdir(root, "/m/d")).toEqual([]);
    expect(decode(machine.fs.getxattr(resolve(root, "/u/d").node, "trusted.overlay.opaque") ?? new Uint8Array())).toBe("y");
    chmod(root, resolve(root, "/m/a"), 0o600);
    expect(stat(root, "/l2/a").mode & 0o777).toBe(0o644);
    expect(stat(root, "/m").nlink).toBe(1);
    expect(readdir(root, "/w").map((entry) => entry.name)).toEqual(["work"]);
    setxattr(root, resolve(root, "/m/a"), "user.k", new Uint8Array([1]));
    expect(machine.fs.getxattr(resolve(root, "/u/a").node, "user.k")).toEqual(new Uint8Array([1]));
  });

  test("bad mounts", () => {
    const machine = overlayMachine();
    const at = (data: string): string => errno(() => mount(machine.root, machine.host, "overlay", "/m", "overlay", {}, data));
    expect([at("lowerdir=/l1,upperdir=/u"), at("upperdir=/u,workdir=/w"), at("lowerdir=/none:/l1"), at("lowerdir=/l1,upperdir=/u,workdir=/u/w"), at("lowerdir=/l1"), at("lowerdir=/l1:/l2")]).toEqual(
      ["EINVAL", "EINVAL", "ENOENT", "ENOENT", "EINVAL", "ok"]);
    expect(errno(() => mkdir(machine.root, "/m/x", 0o755))).toBe("EROFS");
  });

  test("looks like a plain copy, whatever is done", () => {
    const names = ["a", "b", "c"];
    const paths = names.flatMap((first) => [first, ...names.map((second) => `${first}/${second}`)]);
    const path = fc.constantFrom(...paths);
    const operation = fc.oneof(
      fc.record({ op: fc.constantFrom("mkdir", "rmdir", "unlink", "write", "chmod", "symlink"), path, text: fc.string({ maxLength: 3 }) }),
      fc.record({ op: fc.constantFrom("rename", "link"), path, to: path }),
    );
    fc.assert(fc.property(fc.array(operation, { maxLength: 8 }), fc.array(operation, { maxLength: 8 }), fc.array(operation, { maxLength: 40 }), (low2, low1, operations) => {
      const machine = overlayMachine();
      const { root, host } = machine;
      const apply = (base: string, one: typeof operations[number]): string => errno(() => {
        const at = `${base}/${one.path}`;
        if ("to" in one) {
          if (one.op === "rename") rename(root, at, `${base}/${one.to}`);
          else link(root, at, `${base}/${one.to}`);
        } else if (one.op === "mkdir") mkdir(root, at, 0o755);
        else if (one.op === "rmdir") rmdir(root, host, at);
        else if (one.op === "unlink") unlink(root, at);
        else if (one.op === "write") machine.write(root, at, one.text);
        else if (one.op === "chmod") chmod(root, resolve(root, at, { follow: false }), 0o711);
        else symlink(root, "nowhere", at);
      });
      for (const one of low2) apply("/l2", one);
      for (const one of low1) apply("/l1", one);
      mkdir(root, "/plain", 0o755);
      mountOverlay(machine);
      // The plain copy starts as the overlay looks; hard links below become separate files there, as a copy-up makes them.
      const copy = (from: string, to: string): void => {
        for (const { name, type } of readdir(root, from)) {
          const { mode } = stat(root, `${from}/${name}`, false);
          if (type === S.IFDIR) {
            mkdir(root, `${to}/${name}`, 0o755);
            copy(`${from}/${name}`, `${to}/${name}`);
          } else if (type === S.IFLNK) symlink(root, "nowhere", `${to}/${name}`);
          else machine.write(root, `${to}/${name}`, machine.read(root, `${from}/${name}`));
          if (type !== S.IFLNK) chmod(root, resolve(root, `${to}/${name}`), mode & 0o7777);
        }
      };
      copy("/m", "/plain");
      for (const one of operations) {
        const got = apply("/m", one);
        // A directory of a lower layer does not move.
        if (got === "EXDEV") continue;
        expect([one, apply("/plain", one)]).toEqual([one, got]);
        expect(dump(machine, root, "/m")).toEqual(dump(machine, root, "/plain"));
      }
      // A second mount of the same layers sees what the first made: whiteouts and opaque directories say it all.
      mkdir(root, "/m2", 0o755);
      mount(root, host, "overlay", "/m2", "overlay", { readOnly: true }, "lowerdir=/u:/l1:/l2");
      expect(dump(machine, root, "/m2")).toEqual(dump(machine, root, "/plain"));
    }), { numRuns: 150 });
  });
});
