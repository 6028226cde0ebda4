import type { DebianPackage } from "../kit/package.ts";

export default { name: "iputils-ping", summary: "asks hosts of the network for an echo: ping", postInstall: [{ run: "setcap cap_net_raw+ep /usr/bin/ping || chmod u+s /usr/bin/ping" }] } satisfies DebianPackage;
