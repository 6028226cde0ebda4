import type { DebianPackage } from "../kit/package.ts";

export default { name: "telnet", summary: "brings inetutils-telnet (transitional package)" } satisfies DebianPackage;
