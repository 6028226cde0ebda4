// Writes lib/sim/machine/catalogue/bookworm-main.ts: the facts (no prose) of Debian 12's packages that the simulated mirror offers,
// read from apt's own cache on a Debian 12 host.  usage: node lib/dev/record-catalogue.mjs BASE-LIST
// BASE-LIST is a file of "NAME VERSION" lines: what a fresh host has installed, which wins over the cache's version.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const base = new Map(readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => line.split(" ")));

/** What learners of virtualisation and administration install, with everything that these need. */
const wanted = `
docker.io docker-compose containerd runc podman buildah skopeo crun slirp4netns fuse-overlayfs uidmap netavark aardvark-dns
libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-kvm qemu-system virtinst virt-manager virt-viewer virt-top libguestfs-tools guestfs-tools
ovmf swtpm dnsmasq-base dnsmasq lxc lxc-templates lxcfs awscli cloud-image-utils cloud-init cloud-guest-utils open-vm-tools qemu-guest-agent spice-vdagent
xen-hypervisor-4.17-amd64 xen-utils-4.17 xen-tools xen-system-amd64 vagrant ansible kmod debootstrap squashfs-tools xorriso
nginx apache2 mariadb-server postgresql redis-server haproxy bind9 bind9-host dnsutils vsftpd nfs-kernel-server nfs-common samba postfix rsyslog ufw fail2ban
htop iotop sysstat strace ltrace lsof fping iputils-tracepath network-manager whois tmux screen git vim nano emacs-nox mc ncdu sl cowsay hello figlet fortune-mod cmatrix nmap tcpdump traceroute mtr-tiny netcat-openbsd
netcat-traditional socat telnet ftp lynx w3m zip unzip p7zip-full lvm2 mdadm xfsprogs btrfs-progs dosfstools parted gdisk smartmontools hdparm nvme-cli cryptsetup quota
python3-pip python3-venv build-essential gcc make gdb perl ruby nodejs golang default-jre-headless php-cli lua5.4 sqlite3 jq bc rsync wget curl aptitude
command-not-found apt-file apt-transport-https gnupg software-properties-common unattended-upgrades debconf-utils locales console-setup keyboard-configuration
stress stress-ng cpulimit at anacron chrony ntp systemd-container systemd-timesyncd systemd-resolved policykit-1 libpam-systemd dbus-user-session dialog
numactl hwloc lshw dmidecode inxi lsscsi pciutils usbutils ethtool bridge-utils vlan iptables nftables ipset iperf3 wireguard openvpn tree file ca-certificates
bash-completion man-db manpages info less rename moreutils pv expect fzf ripgrep zsh fish ksh busybox-static
`.trim().split(/\s+/);

const show = (names) => {
  const out = execFileSync("apt-cache", ["show", "--no-all-versions", ...names], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  return out.split(/\n\n+/).filter(Boolean).map((text) => {
    const fields = new Map();
    for (const line of text.split("\n")) {
      const match = /^([A-Za-z-]+): ?(.*)$/.exec(line);
      if (match) fields.set(match[1], match[2]);
    }
    return fields;
  });
};
const existing = new Set(execFileSync("apt-cache", ["pkgnames"], { encoding: "utf8", maxBuffer: 1 << 28 }).trim().split("\n"));
const found = new Map();
let queue = [...base.keys(), ...wanted].filter((name) => existing.has(name));
while (queue.length) {
  const batch = [...new Set(queue)].filter((name) => !found.has(name)).slice(0, 200);
  queue = queue.filter((name) => !batch.includes(name) && !found.has(name));
  if (!batch.length) continue;
  for (const fields of show(batch)) {
    const name = fields.get("Package");
    if (!fields.get("Filename")) continue;
    found.set(name, fields);
    const needs = ["Pre-Depends", "Depends", ...(wanted.includes(name) || base.has(name) ? ["Recommends"] : [])].flatMap((key) => (fields.get(key) ?? "").split(","));
    for (const need of needs) {
      const first = need.split("|")[0].trim().split(/[ :(]/)[0];
      if (first && existing.has(first) && !found.has(first)) queue.push(first);
    }
  }
  for (const name of batch) if (!found.has(name)) found.set(name, undefined);
}

const keys = [["V", "Version"], ["A", "Architecture"], ["s", "Section"], ["p", "Priority"], ["e", "Essential"], ["S", "Source"], ["I", "Installed-Size"], ["D", "Size"], ["P", "Pre-Depends"], ["d", "Depends"],
  ["r", "Recommends"], ["u", "Suggests"], ["c", "Conflicts"], ["b", "Breaks"], ["R", "Replaces"], ["v", "Provides"], ["m", "Multi-Arch"], ["M", "Maintainer"], ["h", "Homepage"], ["f", "Filename"]];
const lines = [];
for (const [name, fields] of [...found].filter(([, f]) => f).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const version = base.get(name);
  const [own] = version && version !== fields.get("Version") ? show([`${name}=${version}`]) : [];
  if (own) for (const [, key] of keys) {
    if (own.has(key)) fields.set(key, own.get(key));
    else fields.delete(key);
  } else if (version) {
    const old = fields.get("Version").replace(/^\d+:/, "");
    fields.set("Version", version);
    fields.set("Filename", fields.get("Filename").replace(`_${old}_`, `_${version.replace(/^\d+:/, "")}_`));
  }
  lines.push(`n ${name}`, ...keys.filter(([, key]) => fields.get(key)).map(([letter, key]) => `${letter} ${fields.get(key)}`));
}
const text = lines.join("\n");
if (/[`\\$]\{/.test(text)) throw new Error("a value needs quoting");
writeFileSync(path.join(root, "lib/sim/machine/catalogue/bookworm-main.ts"), `// Recorded by lib/dev/record-catalogue.mjs from the package index of Debian 12. Facts only; letters are explained in parse.ts.
export const bookwormMain = ${JSON.stringify(text)};
`);
console.log(`${found.size} packages, ${text.length} characters`);
