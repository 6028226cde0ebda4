import type { DebianPackage } from "../kit/package.ts";

// The real one asks by UDP and reads the answers from the socket's error queue, which needs no privilege.
export default { name: "iputils-tracepath", summary: "tools to trace the network path to a remote host", postInstall: [{ run: "setcap cap_net_raw+ep /usr/bin/tracepath || chmod u+s /usr/bin/tracepath" }] } satisfies DebianPackage;
