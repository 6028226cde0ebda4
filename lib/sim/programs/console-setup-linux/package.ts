import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { storedGzip } from "../kit/man-source.ts";
import { plainGlyphs } from "../kbd/_console-font.ts";
import { fontBytes } from "../kbd/_psf.ts";

/** Character set, its characters above ASCII (those of ISO 8859-15, 8859-2, 8859-5), and the fonts' faces with their sizes. */
const CODESETS: readonly (readonly [name: string, from: number])[] = [["Lat15", 0xa0], ["Lat2", 0x100], ["CyrSlav", 0x400]];
const FACES: readonly (readonly [face: string, sizes: readonly (readonly [suffix: string, width: number, height: number])[]])[] = [
  ["Fixed", [["13", 8, 13], ["14", 8, 14], ["15", 8, 15], ["16", 8, 16], ["18", 8, 18]]],
  ["Terminus", [["12x6", 6, 12], ["14", 8, 14], ["16", 8, 16], ["20x10", 10, 20], ["24x12", 12, 24], ["28x14", 14, 28], ["32x16", 16, 32]]],
  ["TerminusBold", [["14", 8, 14], ["16", 8, 16], ["20x10", 10, 20], ["24x12", 12, 24], ["28x14", 14, 28], ["32x16", 16, 32]]],
  ["VGA", [["8", 8, 8], ["14", 8, 14], ["16", 8, 16], ["28x16", 16, 28], ["32x16", 16, 32]]],
];

function font(from: number, width: number, height: number): Uint8Array {
  const table = Array.from({ length: 256 }, (_, glyph) => (glyph < 32 ? [] : [String.fromCharCode(glyph < 127 ? glyph : from + glyph - 127)]));
  return storedGzip(fontBytes({ version: width === 8 ? 1 : 2, count: 256, width, height, glyphs: plainGlyphs(256, width, height), table }));
}

const UNIT = (description: string, lines: string, script: string, target: string): string => `[Unit]\nDescription=${description}\nDefaultDependencies=no\n${lines}ConditionPathExists=/bin/setupcon\n\n[Service]\nType=oneshot\nExecStart=/lib/console-setup/${script}\nRemainAfterExit=yes\n\n[Install]\nWantedBy=${target}\n`;

export default {
  name: "console-setup-linux", summary: "fonts, and what sets the consoles up at boot",
  files: [
    { path: "/usr/share/consolefonts", directory: true },
    ...CODESETS.flatMap(([codeset, from]) => FACES.flatMap(([face, sizes]) => sizes.map(([suffix, width, height]): PackageFile => ({ path: `/usr/share/consolefonts/${codeset}-${face}${suffix}.psf.gz`, content: () => font(from, width, height) })))),
    { path: "/etc/console-setup", directory: true },
    { path: "/etc/console-setup/remap.inc", text: "# Keys that are to do something else, as in keymaps(5), for instance\n#   keycode 58 = Escape\n", conffile: true },
    { path: "/lib/console-setup/console-setup.sh", mode: 0o755, text: "#!/bin/sh\n# at boot nothing is left to do when the saved setup is newer than the settings\nmkdir -p /run/console-setup\nif [ -f /run/console-setup/boot_completed ] || [ ! /etc/console-setup/cached_setup_terminal.sh -nt /etc/default/keyboard ]; then\n  setupcon --save --force\nfi\n> /run/console-setup/boot_completed\n" },
    { path: "/lib/console-setup/keyboard-setup.sh", mode: 0o755, text: "#!/bin/sh\nif [ -x /etc/console-setup/cached_setup_keyboard.sh ]; then\n  /etc/console-setup/cached_setup_keyboard.sh\nelse\n  setupcon -k --force\nfi\n" },
    { path: "/lib/systemd/system/console-setup.service", text: UNIT("Set console font and keymap", "After=console-screen.service kbd.service local-fs.target\nBefore=display-manager.service\nRequiresMountsFor=/usr\n", "console-setup.sh", "multi-user.target") },
    { path: "/lib/systemd/system/keyboard-setup.service", text: UNIT("Set the console keyboard layout", "Before=local-fs-pre.target\nWants=local-fs-pre.target\n", "keyboard-setup.sh", "sysinit.target") },
  ],
  postInstall: [{ enable: "console-setup.service" }, { enable: "keyboard-setup.service" }],
} satisfies DebianPackage;
