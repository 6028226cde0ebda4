import type { DebianPackage } from "../kit/package.ts";

/** Not in Debian 12 itself: Debian's Fast Track has it. */
export default {
  name: "virtualbox-guest-utils", version: "7.0.20-dfsg-1.2~fto12+1", architecture: "amd64", section: "contrib/misc", priority: "optional", source: "virtualbox", installedSizeKiB: 2870, downloadSizeBytes: 790_004, homepage: "https://www.virtualbox.org", depends: "libc6 (>= 2.34), libpam0g (>= 0.99.7.1), libstdc++6 (>= 9), adduser",
  summary: "x86 virtualization solution - non-X11 guest utilities",
  files: [{ path: "/lib/systemd/system/virtualbox-guest-utils.service", text: "[Unit]\nDescription=VirtualBox guest utils\nDocumentation=https://www.virtualbox.org/manual/ch04.html\nConditionVirtualization=oracle\nAfter=network.target\n\n[Service]\nExecStart=/usr/sbin/VBoxService --foreground\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n" }],
  postInstall: [{ enable: "virtualbox-guest-utils.service" }, { start: "virtualbox-guest-utils.service" }],
} satisfies DebianPackage;
