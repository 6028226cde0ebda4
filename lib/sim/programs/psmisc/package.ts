import type { DebianPackage } from "../kit/package.ts";

export default { name: "psmisc", summary: "killall, fuser, pstree: tools for processes" } satisfies DebianPackage;
