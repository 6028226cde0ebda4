import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "tcpdump", summary: "command-line network traffic analyzer",
  postInstall: [{ addGroup: "tcpdump", system: true }, { addUser: "tcpdump", group: "tcpdump", home: "/nonexistent", shell: "/usr/sbin/nologin" }],
} satisfies DebianPackage;
