import type { DebianPackage } from "../kit/package.ts";

const hook = (mode: string, command: string): string => `#!/bin/sh -e
# A kernel's scripts call this with its version and its image.
version="$1"
command -v update-initramfs >/dev/null 2>&1 || exit 0
if [ -z "\${version}" ]; then
    echo >&2 "W: initramfs-tools: \${DPKG_MAINTSCRIPT_PACKAGE:-kernel package} did not pass a version number"
    exit 2
fi
# dpkg calls a kernel's scripts several times
case "\${DEB_MAINT_PARAMS:-${mode}}" in
    ${mode}*) update-initramfs ${command} -k "\${version}" >&2 ;;
esac
`;

export default {
  name: "initramfs-tools",
  summary: "makes the initramfs whenever a kernel comes or changes",
  files: [
    { path: "/etc/initramfs-tools/modules", text: "# Modules that the image holds and loads whatever the hardware is: one name a line, then its parameters (initramfs-tools(7)).\n", conffile: true },
    { path: "/etc/initramfs-tools/update-initramfs.conf", text: "# Whether update-initramfs may do something: yes, no or all (update-initramfs.conf(5)).\nupdate_initramfs=yes\n\n# Whether the old image is kept.\nbackup_initramfs=no\n", conffile: true },
    { path: "/etc/kernel/postinst.d/initramfs-tools", text: hook("configure", "-c"), mode: 0o755, conffile: true },
    { path: "/etc/kernel/postrm.d/initramfs-tools", text: hook("remove", "-d"), mode: 0o755, conffile: true },
  ],
} satisfies DebianPackage;
