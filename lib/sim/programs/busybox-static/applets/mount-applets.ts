// mount, umount, df, mountpoint in busybox's form.

import { type Blocking, type MountFlags, type Sys, SysError } from "../../../kernel/sys.ts";
import { readTextFile } from "../../kit/accounts.ts";
import { readMounts } from "../../kit/mounts.ts";
import { type AppletIo, applet, appletOptions } from "../_applet.ts";

interface Wanted {
  flags: MountFlags;
  data: string;
}

function parseOptions(text: string, readOnly: boolean): Wanted {
  let flags: MountFlags = readOnly ? { readOnly: true } : {};
  const data: string[] = [];
  for (const option of text.split(",")) {
    switch (option) {
      case "": case "defaults": case "rw": case "suid": case "dev": case "exec": case "loop": case "auto": case "noauto": case "nofail": break;
      case "ro": flags = { ...flags, readOnly: true }; break;
      case "noexec": flags = { ...flags, noexec: true }; break;
      case "nosuid": flags = { ...flags, nosuid: true }; break;
      case "nodev": flags = { ...flags, nodev: true }; break;
      case "noatime": flags = { ...flags, atime: "noatime" }; break;
      case "relatime": flags = { ...flags, atime: "relatime" }; break;
      case "strictatime": flags = { ...flags, atime: "strictatime" }; break;
      case "bind": flags = { ...flags, bind: true }; break;
      case "rbind": flags = { ...flags, bind: true, recursive: true }; break;
      case "move": flags = { ...flags, move: true }; break;
      case "remount": flags = { ...flags, remount: true }; break;
      case "private": case "shared": case "slave": case "unbindable": flags = { ...flags, propagation: option }; break;
      case "rprivate": case "rshared": case "rslave": case "runbindable": flags = { ...flags, recursive: true, propagation: option.slice(1) as "private" | "shared" | "slave" | "unbindable" }; break;
      default: data.push(option);
    }
  }
  return { flags, data: data.join(",") };
}

function* candidates(sys: Sys, type: string | undefined): Blocking<readonly string[]> {
  if (type !== undefined && type !== "auto") return type.split(",");
  const known = ((yield* readTextFile(sys, "/proc/filesystems")) ?? "").split("\n").filter((line) => line.startsWith("\t")).map((line) => line.trim());
  return known.length > 0 ? known : ["ext4", "ext3", "ext2", "vfat", "iso9660"];
}

const mount = applet("mount", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "arwvnlit:T:O:o:", { bind: "B" });
  const [source, target] = options.operands;
  if (source === undefined && !options.has("a")) {
    const wantedType = options.value("t");
    for (const one of yield* readMounts(sys)) {
      if (wantedType !== undefined && one.type !== wantedType) continue;
      io.out.put(`${one.source} on ${one.target} type ${one.type} (${[one.options, ...one.superOptions.split(",").filter((word) => word !== "rw" && word !== "ro" && word !== "")].join(",")})\n`);
    }
    return undefined;
  }
  const text = options.values("o").join(",");
  const one = function* (from: string, to: string, type: string | undefined, optionText: string): Blocking<number> {
    const { flags, data } = parseOptions(optionText, options.has("r"));
    const failed = function* (error: SysError): Blocking<number> {
      const said = error.errno === "EPERM" ? "permission denied (are you root?)" : `mounting ${from} on ${to} failed: ${error.message}`;
      yield* io.warn(said);
      return error.errno === "EPERM" ? 1 : 255;
    };
    const special = flags.bind || flags.move || flags.remount || flags.propagation !== undefined;
    let last = new SysError("EINVAL");
    for (const candidate of special ? [""] : yield* candidates(sys, type)) {
      try {
        sys.mount(from, to, candidate, flags, data);
        return 0;
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        last = error;
        if (error.errno !== "EINVAL" && error.errno !== "ENODEV") break;
      }
    }
    return yield* failed(last);
  };
  const table = ((yield* readTextFile(sys, options.value("T") ?? "/etc/fstab")) ?? "").split("\n").filter((line) => !/^\s*(#|$)/.test(line)).map((line) => line.trim().split(/\s+/));
  if (options.has("a")) {
    let status = 0;
    for (const [from = "", to = "", type = "auto", opts = ""] of table) if (to !== "none" && !/(^|,)noauto(,|$)/.test(opts) && to !== "/") status |= yield* one(from, to, type, opts);
    return status;
  }
  if (target === undefined) {
    const entry = table.find(([from, to]) => from === source || to === source);
    if (/(^|,)remount(,|$)/.test(text)) return yield* one(source ?? "", source ?? "", undefined, text);
    if (!entry) io.die(`can't find ${source} in /etc/fstab`);
    return yield* one(entry[0] ?? "", entry[1] ?? "", entry[2], [entry[3] ?? "", text].filter((part) => part !== "").join(","));
  }
  return yield* one(source ?? "", target, options.value("t"), text);
});

const umount = applet("umount", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "rlfdat:vni");
  const mounts = yield* readMounts(sys);
  const targets = options.has("a") ? mounts.map((one) => one.target).filter((target) => target !== "/proc").reverse() : options.operands;
  if (targets.length === 0 && !options.has("a")) io.usage();
  for (const name of targets) {
    const target = mounts.findLast((one) => one.target === name)?.target ?? mounts.findLast((one) => one.source === name)?.target ?? name;
    try {
      sys.umount(target, { lazy: options.has("l"), force: options.has("f") });
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (options.has("r") && error.errno === "EBUSY") {
        sys.mount("", target, "", { remount: true, readOnly: true });
        continue;
      }
      yield* io.fail(`can't unmount ${target}: ${error.message}`);
    }
  }
  return undefined;
});

const df = applet("df", function* (sys, args, io: AppletIo) {
  const options = appletOptions(args, "PkmhTaiB:");
  const unit = options.has("m") ? 1048576 : options.value("B") !== undefined ? Number(options.value("B")) || 1024 : 1024;
  const heading = options.has("h") ? "     Size" : options.has("i") ? "    Inodes" : unit === 1024 ? (options.has("P") ? " 1024-blocks" : " 1K-blocks") : unit === 1048576 ? " 1M-blocks" : ` ${unit}-blocks`;
  const head = options.has("i") ? "Filesystem              Inodes      Used Available Use% Mounted on\n" : options.has("h") ? `Filesystem           ${options.has("T") ? "Type       " : ""}     Size      Used Available Use% Mounted on\n`
    : `Filesystem           ${options.has("T") ? "Type       " : ""}${heading.trimStart().padStart(options.has("P") ? 11 : 9)}      Used ${options.has("P") ? "Available Capacity" : "Available Use%"} Mounted on\n`;
  io.out.put(head);
  const mounts = yield* readMounts(sys);
  const human = (bytes: number): string => {
    let value = bytes / 1024;
    let at = 0;
    while (value >= 1024 && at < 4) {
      value /= 1024;
      at++;
    }
    return bytes === 0 ? "0" : `${value.toFixed(1)}${"KMGTP"[at] ?? ""}`;
  };
  const show = (source: string, type: string, target: string): void => {
    const stat = sys.statfs(target);
    if (stat.blocks === 0 && !options.has("a") && options.operands.length === 0) return;
    const scale = (blocks: number): string => (options.has("h") ? human(blocks * stat.blockSizeBytes) : String(Math.ceil((blocks * stat.blockSizeBytes) / unit)));
    const usedBlocks = stat.blocks - stat.blocksFree;
    const [total, used, available, percentOf] = options.has("i")
      ? [String(stat.files), String(stat.files - stat.filesFree), String(stat.filesFree), stat.files === 0 ? 0 : Math.ceil(((stat.files - stat.filesFree) * 100) / stat.files)]
      : [scale(stat.blocks), scale(usedBlocks), scale(stat.blocksAvailable), usedBlocks + stat.blocksAvailable === 0 ? 0 : Math.ceil((usedBlocks * 100) / (usedBlocks + stat.blocksAvailable))];
    const name = source.length > 20 && !options.has("P") ? `${source}\n${" ".repeat(20)}` : source.padEnd(20);
    io.out.put(`${name} ${options.has("T") ? `${type.padEnd(10)} ` : ""}${total.padStart(9)} ${used.padStart(9)} ${available.padStart(9)} ${String(percentOf).padStart(3)}% ${target}\n`);
  };
  if (options.operands.length === 0) {
    for (const one of mounts) {
      if (one.type === "rootfs" || (!options.has("a") && one.source === "none")) continue;
      try {
        show(one.source, one.type, one.target);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.fail(`${one.target}: ${error.message}`);
      }
    }
    return undefined;
  }
  for (const name of options.operands) {
    try {
      const stat = sys.stat(name);
      const device = `${stat.dev >> 8}:${stat.dev & 255}`;
      const found = mounts.findLast((one) => one.source === name) ?? mounts.findLast((one) => one.device === device);
      if (!found) throw new SysError("ENOENT");
      show(found.source, found.type, found.target);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.fail(`${name}: can't find mount point`);
    }
  }
  return undefined;
});

export const mountApplets = [mount, umount, df];
