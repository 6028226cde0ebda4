// The root of the busybox and alpine images: one static binary with a link for each applet.

import { installable } from "../catalogue/installable.ts";
import type { RootFile } from "../rootfs/frozen-root.ts";
import { executableOf } from "../rootfs/program-file.ts";

const applets = {
  "/bin": "[ [[ ash base64 cat chgrp chmod chown cp cpio date dd df dmesg echo egrep false fgrep grep gunzip gzip hostname ip kill ln login ls mkdir mknod mktemp more mount mv netstat nice ping ps pwd rm rmdir sed sh sleep stat stty su sync tar touch true umount uname usleep vi watch zcat",
  "/sbin": "arp halt ifconfig init ip losetup mkswap nologin poweroff reboot route sysctl syslogd",
  "/usr/bin": "awk basename bc bunzip2 bzip2 cal clear cmp comm crontab cut dc diff dirname du env expand expr factor find fold free groups hd head hexdump id install less logger md5sum mkfifo nc nl nohup nproc nslookup od paste patch pgrep pkill printf pstree readlink realpath renice reset seq sha1sum sha256sum sha512sum shuf sort split strings sum tac tail tee telnet test time timeout top tr traceroute truncate tty unexpand uniq unlink uptime users uudecode uuencode vlock wc wget which who whoami xargs xxd yes",
  "/usr/sbin": "addgroup adduser chpasswd chroot crond delgroup deluser httpd",
} as const;

const accounts: readonly RootFile[] = [
  { path: "/etc/passwd", text: "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n" },
  { path: "/etc/group", text: "root:x:0:\ndaemon:x:1:\nwww-data:x:33:\nusers:x:100:\nnobody:x:65534:\n" },
  { path: "/etc/shadow", text: "root:*:19000:0:99999:7:::\n", mode: 0o640 },
];

export function busyboxTree(kind: "busybox" | "alpine"): readonly RootFile[] {
  const busybox = installable("busybox-static")?.commands[0]?.[0] ?? "busybox-static/busybox";
  const files: RootFile[] = [
    ...["/dev", "/etc", "/home", "/usr/bin", "/usr/sbin", "/var/spool/mail", "/var/www", ...(kind === "alpine" ? ["/proc", "/run", "/sys", "/mnt", "/opt", "/srv", "/media", "/lib"] : [])].map((path): RootFile => ({ path, directory: true })),
    { path: "/tmp", directory: true, mode: 0o1777 },
    { path: "/var/tmp", directory: true, mode: 0o1777 },
    { path: "/root", directory: true, mode: 0o700 },
    { path: "/bin/busybox", executable: { ...executableOf(busybox, "/bin/busybox"), interpreter: undefined, needed: [], sizeBytes: 1_980_000 }, mode: 0o755 },
    ...accounts,
  ];
  for (const [directory, names] of Object.entries(applets)) for (const name of names.split(" ")) if (!(directory === "/bin" && name === "busybox")) files.push({ path: `${kind === "busybox" && directory === "/sbin" ? "/bin" : directory}/${name}`, symlink: "/bin/busybox" });
  if (kind === "alpine") {
    files.push(
      { path: "/etc/os-release", text: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME="Alpine Linux v3.19"\nHOME_URL="https://alpinelinux.org/"\n' },
      { path: "/etc/alpine-release", text: "3.19.1\n" },
    );
  }
  return files;
}
