import type { DebianPackage } from "../kit/package.ts";

export default { name: "iputils-ping", summary: "tools to test the reachability of network hosts", postInstall: [{ run: "setcap cap_net_raw+ep /usr/bin/ping || chmod u+s /usr/bin/ping" }] } satisfies DebianPackage;
