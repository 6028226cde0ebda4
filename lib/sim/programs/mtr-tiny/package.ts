import type { DebianPackage } from "../kit/package.ts";

export default { name: "mtr-tiny", summary: "full screen ncurses traceroute tool" } satisfies DebianPackage;
