import type { DebianPackage } from "../kit/package.ts";

// The real one asks by UDP and reads the answers from the socket's error queue, which needs no privilege.
export default { name: "iputils-tracepath", summary: "finds the path through the network to a host, and its MTU", postInstall: [{ run: "setcap cap_net_raw+ep /usr/bin/tracepath || chmod u+s /usr/bin/tracepath" }] } satisfies DebianPackage;
