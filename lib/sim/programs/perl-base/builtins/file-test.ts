// -e, -f, -s and the other file tests; stat and lstat.

import { S, type Stat } from "../../../kernel/sys.ts";
import { handleGlob } from "../code/input-output.ts";
import { text } from "../values/convert.ts";
import { Glob, GlobValue, NO, Scalar, type Value } from "../values/value.ts";
import type { Vm } from "../vm/vm.ts";
import { define } from "./registry.ts";

/** Undefined, with $! set, when there is none. */
export function statOf(vm: Vm, value: Value, follows: boolean): Stat | undefined {
  try {
    const held = value instanceof Scalar ? value.v : value;
    const glob = held instanceof Glob || held instanceof GlobValue ? handleGlob(vm, held) : undefined;
    if (glob) {
      const { io } = glob;
      if (!io?.isOpen) {
        vm.errno.value = 9;
        vm.lastStat = undefined;
        return undefined;
      }
      vm.lastStat = io.entries ? vm.sys.stat(io.path) : vm.sys.fstat(io.fd);
    } else {
      const path = vm.path(text(held));
      vm.lastStat = follows ? vm.sys.stat(path) : vm.sys.lstat(path);
    }
    return vm.lastStat;
  } catch (error) {
    vm.setErrno(error);
    vm.lastStat = undefined;
    return undefined;
  }
}

const truth = (value: boolean): Value => (value ? 1 : NO);

/** `again`: of the file that was looked at last. */
export function fileTest(vm: Vm, op: string, value: Value, again: boolean): Value {
  if (op === "t") {
    const glob = handleGlob(vm, value);
    return truth(glob?.io !== undefined && glob.io.isOpen && vm.sys.isatty(glob.io.fd));
  }
  vm.flushFilesNow();
  const stat = again ? vm.lastStat : statOf(vm, value, op !== "l");
  if (!stat) return undefined;
  const type = stat.mode & S.IFMT;
  switch (op) {
    case "e":
      return 1;
    case "f":
      return truth(type === S.IFREG);
    case "d":
      return truth(type === S.IFDIR);
    case "l":
      return truth(type === S.IFLNK);
    case "p":
      return truth(type === S.IFIFO);
    case "S":
      return truth(type === S.IFSOCK);
    case "b":
      return truth(type === S.IFBLK);
    case "c":
      return truth(type === S.IFCHR);
    case "s":
      return stat.sizeBytes > 0 ? stat.sizeBytes : "";
    case "z":
      return truth(stat.sizeBytes === 0);
    case "u":
      return truth((stat.mode & S.ISUID) !== 0);
    case "g":
      return truth((stat.mode & S.ISGID) !== 0);
    case "k":
      return truth((stat.mode & S.ISVTX) !== 0);
    case "r":
    case "w":
    case "x":
    case "R":
    case "W":
    case "X":
      return allowed(vm, stat, op);
    case "o":
    case "O":
      return truth(stat.uid === (op === "o" ? vm.sys.getcred().euid : vm.sys.getcred().ruid));
    case "M":
      return (vm.startUs - stat.mtimeUs) / 86_400e6;
    case "A":
      return (vm.startUs - stat.atimeUs) / 86_400e6;
    case "C":
      return (vm.startUs - stat.ctimeUs) / 86_400e6;
    default:
      return "";
  }
}

/** By the mode bits, as perl does it without `use filetest "access"`. */
function allowed(vm: Vm, stat: Stat, op: string): Value {
  const { euid, ruid, egid, rgid, groups } = vm.sys.getcred();
  const real = op < "a";
  const [uid, gid] = real ? [ruid, rgid] : [euid, egid];
  const bit = op.toLowerCase() === "r" ? 4 : op.toLowerCase() === "w" ? 2 : 1;
  if (uid === 0) return truth(bit !== 1 || (stat.mode & 0o111) !== 0 || (stat.mode & S.IFMT) === S.IFDIR);
  const shift = stat.uid === uid ? 6 : stat.gid === gid || groups.includes(stat.gid) ? 3 : 0;
  return truth(((stat.mode >> shift) & bit) !== 0);
}

function fields(stat: Stat | undefined): Value[] {
  if (!stat) return [];
  const seconds = (us: number) => Math.floor(us / 1e6);
  return [stat.dev, stat.ino, stat.mode, stat.nlink, stat.uid, stat.gid, stat.rdev, stat.sizeBytes, seconds(stat.atimeUs), seconds(stat.mtimeUs), seconds(stat.ctimeUs), stat.blockSizeBytes, stat.blocks];
}

define("stat", "F", (vm, [value], want) => {
  vm.flushFilesNow();
  const found = statOf(vm, value, true);
  return want === "list" ? fields(found) : truth(found !== undefined);
}, true);
define("lstat", "F", (vm, [value], want) => {
  vm.flushFilesNow();
  const found = statOf(vm, value, false);
  return want === "list" ? fields(found) : truth(found !== undefined);
}, true);

