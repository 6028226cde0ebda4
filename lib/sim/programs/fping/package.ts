import type { DebianPackage } from "../kit/package.ts";

export default { name: "fping", summary: "asks many hosts for an echo at once", postInstall: [{ run: "setcap cap_net_raw+ep /usr/bin/fping || chmod u+s /usr/bin/fping" }] } satisfies DebianPackage;
