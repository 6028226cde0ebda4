// A fresh Debian 12 with the usual administration tools, in QEMU (q35): see the oracle's notes on the reference guest.
import type { HostDescription } from "../host-description.ts";
import { qemuQ35 } from "./qemu-q35.ts";
import { basePackages } from "./base-packages.ts";

const debian12: HostDescription = {
  name: "debian-12",
  summary: "Debian 12 with the usual administration tools",
  hostname: "debian",
  hardware: qemuQ35,
  packages: basePackages,
  users: [
    { name: "root", uid: 0, password: "root", groups: [] },
    { name: "student", uid: 1000, password: "student", groups: ["sudo"], homeMode: 0o755 },
  ],
  files: [
    { path: "/var/lib/dhcp/dhclient.enp1s0.leases", text: 'lease {\n  interface "enp1s0";\n  fixed-address 10.0.2.15;\n  option subnet-mask 255.255.255.0;\n  option routers 10.0.2.2;\n  option dhcp-lease-time 86400;\n  option dhcp-message-type 5;\n  option domain-name-servers 10.0.2.3;\n  option dhcp-server-identifier 10.0.2.2;\n  renew 0 2026/11/22 08:12:11;\n  rebind 0 2026/11/22 18:08:30;\n  expire 0 2026/11/22 21:08:30;\n}\n' },
  ],
};

export default debian12;
