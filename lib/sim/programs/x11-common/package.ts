import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "x11-common", version: "1:7.7+23", architecture: "all", section: "x11", priority: "optional", maintainer: "Debian X Strike Force <debian-x@lists.debian.org>", installedSizeKiB: 308, downloadSizeBytes: 252272,
  depends: "sysvinit-utils (>= 3.05-4~) | lsb-base", summary: "where X keeps its settings",
  files: [
    { path: "/etc/X11", directory: true },
    { path: "/etc/X11/Xsession.d", directory: true },
    { path: "/etc/X11/Xsession.options", text: "# What /etc/X11/Xsession does (Xsession.options(5)).\nallow-failsafe\nallow-user-resources\nallow-user-xsession\nuse-ssh-agent\nuse-session-dbus\n", conffile: true },
    { path: "/etc/X11/Xsession", text: "#!/bin/sh\n# Started by display managers and startx: the person's session. What it says goes to ~/.xsession-errors.\nset -e\nERRFILE=$HOME/.xsession-errors\nexec >>\"$ERRFILE\" 2>&1\nfor part in /etc/X11/Xsession.d/*; do\n  [ ! -r \"$part\" ] || . \"$part\"\ndone\n", mode: 0o755, conffile: true },
    { path: "/etc/X11/rgb.txt", text: "255 250 250\t\tsnow\n248 248 255\t\tghost white\n255 255 255\t\twhite\n  0   0   0\t\tblack\n255   0   0\t\tred\n  0 255   0\t\tgreen\n  0   0 255\t\tblue\n", conffile: true },
  ],
} satisfies DebianPackage;
