// What goes into an initramfs image, apart from where it comes from: the skeleton, and which kernel modules each setting of MODULES means (initramfs.conf(5)).
import { encode, S } from "../../kernel/sys.ts";
import type { CpioEntry } from "../kit/cpio-archive.ts";

/** Where the modules of MODULES=most are, below kernel/ (what may hold a root file system, and what leads there). */
const MOST = [
  "drivers/ata/", "drivers/block/", "drivers/scsi/", "drivers/virtio/", "drivers/net/", "drivers/usb/", "drivers/cdrom/", "drivers/md/", "drivers/nvme/", "drivers/char/virtio_console", "fs/ext4/", "fs/btrfs/", "fs/xfs/", "fs/isofs/", "fs/fat/", "fs/nfs/",
  "fs/squashfs/", "fs/overlayfs/", "fs/jbd2/", "fs/mbcache", "lib/crc", "crypto/crc32c_generic", "block/",
];

export interface ModuleFact {
  readonly name: string;
  /** below kernel/: "drivers/block/virtio_blk.ko" */
  readonly place: string;
  readonly needs: readonly string[];
}

/** Names with all that they need, in the order of `modules`. `chosen`: what is wanted beside the setting. */
export function selectModules(modules: readonly ModuleFact[], setting: string, chosen: readonly string[]): readonly ModuleFact[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const module = byName.get(name);
    if (module === undefined || wanted.has(name)) return;
    wanted.add(name);
    for (const need of module.needs) want(need);
  };
  for (const name of chosen) want(name.replaceAll("-", "_"));
  if (setting === "most" || setting === "netboot") for (const module of modules) if (MOST.some((place) => module.place.startsWith(place))) want(module.name);
  // ext4 asks for it by its alias when it is mounted
  if (wanted.has("ext4")) want("crc32c_generic");
  return modules.filter((module) => wanted.has(module.name));
}

const APPLETS = ("[ [[ ash awk basename blkid blockdev cat chgrp chmod chown chroot chvt clear cmp cp cut date dd deallocvt depmod df dirname dmesg du echo egrep env expr false fgrep find findfs fold free grep gunzip gzip halt head hostname id ifconfig insmod ip kill less ln losetup ls lsmod "
  + "mkdir mkfifo mknod mkswap mktemp modinfo modprobe more mount mv pidof ping poweroff printf ps pwd readlink realpath reboot reset rm rmdir rmmod route run-init sed seq sh sleep sort stat stty switch_root sync tail tee test touch tr true tty umount uname uniq vi wc wget which yes zcat").split(" ");

/** Programs that are copied, with their names in the image. */
export const COPIED: readonly (readonly [from: string, to: string])[] = [["/usr/bin/busybox", "usr/bin/busybox"]];

const DIRECTORIES = [".", "conf", "conf/conf.d", "dev", "etc", "etc/modprobe.d", "proc", "root", "run", "scripts", "scripts/init-bottom", "scripts/init-premount", "scripts/init-top", "scripts/local-bottom", "scripts/local-premount", "scripts/local-top", "scripts/nfs-premount",
  "sys", "tmp", "usr", "usr/bin", "usr/lib", "usr/lib/modprobe.d", "usr/lib64", "usr/sbin", "var", "var/lock"];

const LINKS: readonly (readonly [string, string])[] = [["bin", "usr/bin"], ["lib", "usr/lib"], ["lib64", "usr/lib64"], ["sbin", "usr/sbin"], ...APPLETS.map((name) => [`usr/bin/${name}`, "busybox"] as const)];

const SCRIPTS = ["scripts/functions", "scripts/init-top/all_generic_ide", "scripts/init-top/blacklist", "scripts/init-top/udev", "scripts/init-bottom/udev", "scripts/local", "scripts/nfs"];

/** What every image has. `forced`: modules that are loaded whatever the hardware is. */
export function skeleton(settings: string, forced: readonly string[], mtimeSeconds: number): readonly CpioEntry[] {
  const file = (name: string, text: string, mode = 0o644): CpioEntry => ({ name, mode: S.IFREG | mode, mtimeSeconds, nlink: 1, bytes: encode(text) });
  return [
    ...DIRECTORIES.map((name): CpioEntry => ({ name, mode: S.IFDIR | 0o755, mtimeSeconds, nlink: 2, bytes: new Uint8Array(0) })),
    ...LINKS.map(([name, target]): CpioEntry => ({ name, mode: S.IFLNK | 0o777, mtimeSeconds, nlink: 1, bytes: encode(target) })),
    file("conf/arch.conf", "DPKG_ARCH=amd64\n"), file("conf/initramfs.conf", settings), file("conf/modules", forced.map((name) => `${name}\n`).join("")), file("etc/fstab", ""), file("etc/mtab", ""),
    file("init", "#!/bin/sh\n# The first program: loads drivers, waits for the root file system, mounts it and goes on there.\n", 0o755),
    ...SCRIPTS.map((name) => file(name, "#!/bin/sh\n# A part of init (initramfs-tools(7)).\n", name === "scripts/functions" ? 0o644 : 0o755)),
  ];
}

/** Directories above that the entries name none of. */
export function withDirectories(entries: readonly CpioEntry[], mtimeSeconds: number): readonly CpioEntry[] {
  const known = new Set(entries.map((entry) => entry.name));
  const missing: CpioEntry[] = [];
  for (const { name } of entries) {
    const parts = name.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const path = parts.slice(0, depth).join("/");
      if (known.has(path)) continue;
      known.add(path);
      missing.push({ name: path, mode: S.IFDIR | 0o755, mtimeSeconds, nlink: 2, bytes: new Uint8Array(0) });
    }
  }
  return [...entries, ...missing].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
