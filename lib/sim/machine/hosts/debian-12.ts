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
  files: [],
};

export default debian12;
