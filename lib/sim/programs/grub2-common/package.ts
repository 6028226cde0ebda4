import type { DebianPackage } from "../kit/package.ts";

const hook = (mode: string, what: string): string => `#!/bin/sh
set -e
# A kernel was ${what}: the menu is written again.
command -v update-grub >/dev/null || exit 0
case "\${DEB_MAINT_PARAMS:-${mode}}" in
    ${mode}*) [ ! -e /boot/grub/grub.cfg ] || exec update-grub ;;
esac
exit 0
`;

export default {
  name: "grub2-common", summary: "installs the boot loader GRUB and writes its menu",
  files: [
    { path: "/etc/kernel/postinst.d/zz-update-grub", text: hook("configure", "installed"), mode: 0o755, conffile: true },
    { path: "/etc/kernel/postrm.d/zz-update-grub", text: hook("remove", "removed"), mode: 0o755, conffile: true },
  ],
} satisfies DebianPackage;
