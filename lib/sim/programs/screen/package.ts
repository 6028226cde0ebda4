import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "screen", summary: "several shells in one terminal, which survive its end",
  files: [{ path: "/usr/lib/tmpfiles.d/screen-cleanup.conf", text: "d /run/screen 1777 root utmp\n" }],
  postInstall: [{ run: "mkdir -p -m 1777 /run/screen && chgrp utmp /run/screen" }],
} satisfies DebianPackage;
