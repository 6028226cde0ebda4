// What debootstrap --variant=minbase leaves in an image: the essential packages' files without kernel, init and services.

import { installable } from "../catalogue/installable.ts";
import { accountFiles } from "../rootfs/accounts.ts";
import { alternativeFiles } from "../rootfs/alternative-files.ts";
import { dpkgStateFiles } from "../rootfs/dpkg-state.ts";
import { mergedUsr, type RootFile } from "../rootfs/frozen-root.ts";

const essential: readonly string[] = [
  "apt", "base-files", "base-passwd", "bash", "bsdutils", "coreutils", "dash", "debconf", "debian-archive-keyring", "debianutils", "diffutils", "dpkg", "e2fsprogs", "findutils",
  "gcc-12-base", "gpgv", "grep", "gzip", "hostname", "init-system-helpers", "libc-bin", "libc6", "login", "logsave", "mawk", "mount", "ncurses-base", "ncurses-bin", "passwd", "perl-base", "sed", "sysvinit-utils",
  "tar", "tzdata", "util-linux", "util-linux-extra", "zlib1g",
];

/** Directories of the root and the links of a merged /usr. */
const skeleton: readonly RootFile[] = [
  ...["/boot", "/dev", "/home", "/media", "/mnt", "/opt", "/proc", "/run", "/srv", "/sys", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64", "/usr/local/bin", "/usr/local/sbin", "/var/cache", "/var/lib", "/var/log", "/var/spool", "/run/lock"].map((path): RootFile => ({ path, directory: true })),
  { path: "/tmp", directory: true, mode: 0o1777 },
  { path: "/var/tmp", directory: true, mode: 0o1777 },
  { path: "/root", directory: true, mode: 0o700 },
  { path: "/bin", symlink: "usr/bin" },
  { path: "/sbin", symlink: "usr/sbin" },
  { path: "/lib", symlink: "usr/lib" },
  { path: "/lib64", symlink: "usr/lib64" },
  { path: "/var/run", symlink: "/run" },
  { path: "/var/lock", symlink: "/run/lock" },
  { path: "/root/.bashrc", text: "# ~/.bashrc: read by bash for shells that are not login shells.\n" },
  { path: "/root/.profile", text: "# ~/.profile: read by login shells.\n\nif [ \"$BASH\" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n" },
  { path: "/etc/motd", text: "\nThe programs included with the Debian GNU/Linux system are free software.\n" },
];

/** Those packages and the libraries that they depend on, as apt would install them. */
function withLibraries(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (const name of all) {
    const facts = installable(name)?.facts;
    for (const one of `${facts?.preDepends ?? ""},${facts?.depends ?? ""}`.split(/[,|]/)) {
      const library = /^\s*(lib[a-z0-9+.-]+)/.exec(one)?.[1];
      if (library !== undefined && !essential.includes(library)) all.add(library);
    }
  }
  return [...all];
}

/** The files of those packages, as a layer: /bin, /sbin and /lib are links into /usr there. */
export function packageFiles(names: readonly string[]): readonly RootFile[] {
  const packages = withLibraries(names).map((name) => installable(name)).filter((one) => one !== undefined);
  return [...packages.flatMap((one) => one.files()), ...alternativeFiles(packages)]
    .map((file) => ({ ...file, path: mergedUsr(file.path) }))
    .filter((file) => !file.path.startsWith("/usr/lib/systemd") && file.path !== "/lost+found" && !file.path.startsWith("/root/.ssh"));
}

export function debianTree(release: readonly RootFile[] = []): readonly RootFile[] {
  const packages = essential.map((name) => installable(name)).filter((one) => one !== undefined);
  return [...skeleton, ...packageFiles(essential), ...accountFiles([]), ...dpkgStateFiles(packages), ...release].map((file) => ({ ...file, path: mergedUsr(file.path) }));
}
