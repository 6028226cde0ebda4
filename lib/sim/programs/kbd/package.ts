import type { DebianPackage } from "../kit/package.ts";

export default { name: "kbd", summary: "fonts and keymaps of the Linux console: setfont, loadkeys, openvt", description: "Programs for the virtual consoles of Linux: keymaps, fonts, switching from one to another. Keymaps and fonts themselves are in console-setup and console-data." } satisfies DebianPackage;
