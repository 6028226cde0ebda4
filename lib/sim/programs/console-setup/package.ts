import type { DebianPackage } from "../kit/package.ts";

const SETTINGS = "# What setupcon makes of the consoles, see console-setup(5).\n# dpkg-reconfigure console-setup writes this file.\n\nACTIVE_CONSOLES=\"/dev/tty[1-6]\"\n\nCHARMAP=\"UTF-8\"\n\nCODESET=\"guess\"\nFONTFACE=\"Fixed\"\nFONTSIZE=\"8x16\"\n\nVIDEOMODE=\n";

export default {
  name: "console-setup", summary: "font and keymap of the consoles",
  files: [{ path: "/usr/share/console-setup/console-setup", text: SETTINGS }],
  postInstall: [{ run: "[ -e /etc/default/console-setup ] || cp /usr/share/console-setup/console-setup /etc/default/console-setup" }],
  postPurge: [{ run: "rm -f /etc/default/console-setup; rm -rf /etc/console-setup" }],
} satisfies DebianPackage;
