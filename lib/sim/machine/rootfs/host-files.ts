// Files that belong to no package: what the installer, maintainer scripts and the first boot leave behind.
import type { PackageFile } from "../../programs/kit/package.ts";
import { installedCertificates } from "../../programs/ca-certificates/_roots.ts";
import type { HostDescription } from "../host-description.ts";
import { type AddedAccounts, accountFiles } from "./accounts.ts";
import { hostKeyFiles, workplaceKey } from "./host-keys.ts";
import { packageLists } from "./package-lists.ts";

const mirrorUrl = "http://mirror.lan/debian";

const homeFiles = ["/.bash_logout", "/.bashrc", "/.profile"];

const machineIdOf = (host: HostDescription): string => {
  let text = "";
  let hash = 0x811c9dc5;
  for (let index = 0; text.length < 32; index++) {
    for (const character of `${host.name}/${index}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
    text += hash.toString(16).padStart(8, "0");
  }
  return text.slice(0, 32);
};

/** `added`: groups and users that maintainer scripts of the installed packages add. */
export function hostFiles(host: HostDescription, skeleton: ReadonlyMap<string, PackageFile>, added: AddedAccounts): readonly PackageFile[] {
  const { hostname } = host;
  const machineId = `${machineIdOf(host)}\n`;
  const files: PackageFile[] = [
    ...accountFiles(host.users, added),
    { path: "/etc/hostname", text: `${hostname}\n` },
    { path: "/etc/hosts", text: `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n\n# The following lines are desirable for IPv6 capable hosts\n::1     localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n` },
    { path: "/etc/hosts.allow", text: "# Hosts that TCP wrappers let in (hosts_access(5)).\n" },
    { path: "/etc/hosts.deny", text: "# Hosts that TCP wrappers keep out (hosts_access(5)).\n" },
    { path: "/etc/networks", text: "default\t\t0.0.0.0\nloopback\t127.0.0.0\nlink-local\t169.254.0.0\n\n" },
    { path: "/etc/fstab", text: "# File systems: device, directory, type, options, dump, pass (fstab(5)).\n/dev/vda1 / ext4 errors=remount-ro 0 1\n" },
    { path: "/etc/resolv.conf", text: "nameserver 10.0.2.3\n" },
    { path: "/etc/network/interfaces", text: "# Interfaces and when they come up (interfaces(5)).\n\nsource /etc/network/interfaces.d/*\n\n# loopback\nauto lo\niface lo inet loopback\n\n# the first network card\nallow-hotplug enp1s0\niface enp1s0 inet dhcp\n" },
    { path: "/etc/apt/sources.list", text: `deb ${mirrorUrl} bookworm main\ndeb ${mirrorUrl} bookworm-updates main\ndeb ${mirrorUrl}-security bookworm-security main\n` },
    { path: "/etc/machine-id", text: machineId, mode: 0o444 },
    { path: "/var/lib/dbus/machine-id", text: machineId },
    { path: "/etc/environment", text: "" },
    { path: "/etc/shells", text: "# Shells that people may choose (shells(5)).\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n" },
    { path: "/etc/timezone", text: "Etc/UTC\n" },
    { path: "/etc/localtime", symlink: "/usr/share/zoneinfo/Etc/UTC" },
    { path: "/etc/mtab", symlink: "../proc/self/mounts" },
    { path: "/etc/rmt", symlink: "/usr/sbin/rmt" },
    { path: "/etc/default/locale", text: "LANG=C.UTF-8\n" },
    { path: "/etc/ld.so.cache", text: "ld.so-1.7.0\nglibc-ld.so.cache1.1\n" },
    { path: "/lib/systemd/system/default.target", symlink: "graphical.target" },
    { path: "/etc/systemd/system/getty.target.wants", directory: true },
    { path: "/etc/systemd/system/getty.target.wants/getty@tty1.service", symlink: "/lib/systemd/system/getty@.service" },
    ...packageLists(host.versionOf === undefined),
    ...hostKeyFiles(host),
    ...installedCertificates(),
    { path: "/root/.ssh/authorized_keys", ...workplaceKey, mode: 0o600 },
    // logs
    { path: "/var/log/README", symlink: "../../usr/share/doc/systemd/README.logs" },
    { path: "/var/log/alternatives.log", text: "" },
    { path: "/var/log/bootstrap.log", text: "" },
    { path: "/var/log/dpkg.log", text: "" },
    { path: "/var/log/faillog", text: "" },
    { path: "/var/log/apt/history.log", text: "" },
    { path: "/var/log/apt/term.log", text: "", mode: 0o640, group: "adm" },
    { path: "/var/log/btmp", text: "", mode: 0o660, group: "utmp" },
    { path: "/var/log/lastlog", text: "", mode: 0o664, group: "utmp" },
    { path: "/var/log/wtmp", text: "", mode: 0o664, group: "utmp" },
    { path: "/var/log/runit", directory: true },
    { path: "/var/lib/systemd/random-seed", content: () => new Uint8Array(512), mode: 0o600 },
    ...["X11", "font", "ICE", "XIM"].map((name): PackageFile => ({ path: `/tmp/.${name}-unix`, directory: true, mode: 0o1777 })),
  ];
  for (const user of host.users) {
    if (user.name === "root") continue;
    const home = `/home/${user.name}`;
    files.push({ path: home, directory: true, mode: user.homeMode ?? 0o700, owner: user.name, group: user.name });
    files.push({ path: `${home}/.ssh`, directory: true, mode: 0o700, owner: user.name, group: user.name });
    files.push({ path: `${home}/.ssh/authorized_keys`, ...workplaceKey, mode: 0o600, owner: user.name, group: user.name });
    for (const name of homeFiles) {
      const text = skeleton.get(`/etc/skel${name}`)?.text;
      if (text !== undefined) files.push({ path: home + name, text, owner: user.name, group: user.name });
    }
  }
  return [...files, ...host.files];
}
