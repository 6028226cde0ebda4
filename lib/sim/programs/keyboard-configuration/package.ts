import type { DebianPackage } from "../kit/package.ts";

const KEYBOARD = "# How the keyboard is built and which layout it has: for the consoles (setupcon)\n# and for X alike, see keyboard(5). dpkg-reconfigure keyboard-configuration\n# writes this file.\n\nXKBMODEL=\"pc105\"\nXKBLAYOUT=\"us\"\nXKBVARIANT=\"\"\nXKBOPTIONS=\"\"\n\nBACKSPACE=\"guess\"\n";

export default {
  name: "keyboard-configuration", summary: "the keyboard of the consoles and of X, asked once",
  description: "Keeps the model, the layout and the options of the keyboard in /etc/default/keyboard.",
  files: [{ path: "/usr/share/console-setup/keyboard", text: KEYBOARD }],
  postInstall: [{ run: "[ -e /etc/default/keyboard ] || cp /usr/share/console-setup/keyboard /etc/default/keyboard" }],
  postPurge: [{ run: "rm -f /etc/default/keyboard" }],
} satisfies DebianPackage;
