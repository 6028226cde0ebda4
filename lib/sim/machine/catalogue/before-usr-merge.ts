// Where the packages of Debian 12 still name their programs: /bin and /sbin, which are links into /usr. dpkg -L and -S show these names; the files
// themselves are in /usr. (The lists are those of the packages' own .list files.)

const IN_BIN: Readonly<Record<string, string>> = {
  coreutils: "cat chgrp chmod chown cp date dd df dir echo false ln ls mkdir mknod mktemp mv pwd readlink rm rmdir sleep stty sync touch true uname vdir",
  cpio: "cpio mt-gnu",
  debianutils: "run-parts tempfile",
  grep: "egrep fgrep grep",
  hostname: "dnsdomainname domainname hostname nisdomainname ypdomainname",
  iproute2: "ip ss",
  kmod: "kmod lsmod",
  "net-tools": "netstat",
  procps: "kill ps",
  systemd: "journalctl loginctl networkctl systemctl systemd systemd-ask-password systemd-escape systemd-hwdb systemd-inhibit systemd-machine-id-setup systemd-notify systemd-sysext systemd-sysusers systemd-tmpfiles systemd-tty-ask-password-agent",
  "util-linux": "dmesg findmnt lsblk more mountpoint su wdctl",
};
const IN_SBIN: Readonly<Record<string, string>> = {
  ifupdown: "ifdown ifquery ifup",
  "libc-bin": "ldconfig",
  "net-tools": "ifconfig ipmaddr iptunnel mii-tool nameif plipconfig rarp route slattach",
  procps: "sysctl",
};

function words(text: string | undefined): readonly string[] {
  return (text ?? "").split(" ");
}

/** The path of a program as its package lists it; undefined for what was in /usr always. */
export function pathBeforeMerge(packageName: string, program: string): string | undefined {
  if (Object.hasOwn(IN_BIN, packageName) && words(IN_BIN[packageName]).includes(program)) return `/bin/${program}`;
  if (Object.hasOwn(IN_SBIN, packageName) && words(IN_SBIN[packageName]).includes(program)) return `/sbin/${program}`;
  return undefined;
}
