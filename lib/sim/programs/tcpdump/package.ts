import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "tcpdump", summary: "shows the packets of the network",
  postInstall: [{ addGroup: "tcpdump", system: true }, { addUser: "tcpdump", group: "tcpdump", home: "/nonexistent", shell: "/usr/sbin/nologin" }],
} satisfies DebianPackage;
