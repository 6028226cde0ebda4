import { encode } from "../../kernel/sys.ts";
import type { DebianPackage, PackageFile } from "../kit/package.ts";
import { dumpComposes, dumpKeys, dumpStrings } from "../kit/keyboard/keymap-file.ts";
import { layoutKeymap } from "../kit/keyboard/keymap.ts";
import { keyboardLayout } from "../kit/keyboard/layouts.ts";
import { storedGzip } from "../kit/man-source.ts";

/** The keymap's file below /usr/share/keymaps/i386, and the XKB layout whose keys it has. */
const KEYMAPS: readonly (readonly [file: string, layout: string, variant: string])[] = [
  ["azerty/azerty", "fr", ""], ["azerty/be-latin1", "be", ""], ["azerty/be2-latin1", "be", ""], ["azerty/fr", "fr", ""], ["azerty/fr-latin0", "fr", "latin9"], ["azerty/fr-latin1", "fr", ""], ["azerty/fr-latin9", "fr", "latin9"], ["azerty/fr-pc", "fr", ""],
  ["dvorak/ANSI-dvorak", "us", "dvorak"], ["dvorak/dvorak", "us", "dvorak"], ["qwerty/defkeymap", "us", ""], ["qwerty/es", "es", ""], ["qwerty/fi", "fi", ""], ["qwerty/fi-latin1", "fi", ""], ["qwerty/it", "it", ""], ["qwerty/it2", "it", ""], ["qwerty/pt-latin1", "pt", ""], ["qwerty/se-latin1", "se", ""],
  ["qwerty/uk", "gb", ""], ["qwerty/us", "us", ""], ["qwerty/us-latin1", "us", ""], ["qwertz/de", "de", ""], ["qwertz/de-latin1", "de", ""], ["qwertz/de-latin1-nodeadkeys", "de", "nodeadkeys"], ["qwertz/fr_CH", "ch", "fr"], ["qwertz/fr_CH-latin1", "ch", "fr"], ["qwertz/sg", "ch", ""], ["qwertz/sg-latin1", "ch", ""],
];

function keymapText(file: string, layout: string, variant: string): string {
  const keys = keyboardLayout(layout, variant);
  if (keys === undefined) return "";
  const keymap = layoutKeymap(keys);
  return `# ${file.split("/").at(-1) ?? ""}: the keys of the layout ${layout}${variant === "" ? "" : ` (${variant})`} for the consoles, see keymaps(5)\ncharset "iso-8859-15"\n${dumpKeys(keymap, { numeric: false, shape: "default" })}${dumpStrings(keymap)}${dumpComposes(keymap)}`;
}

export default {
  name: "console-data", summary: "keymaps and other data for the consoles",
  files: [
    ...["", "/azerty", "/dvorak", "/qwerty", "/qwertz"].map((name): PackageFile => ({ path: `/usr/share/keymaps/i386${name}`, directory: true })),
    ...KEYMAPS.map(([file, layout, variant]): PackageFile => ({ path: `/usr/share/keymaps/i386/${file}.kmap.gz`, content: () => storedGzip(encode(keymapText(file, layout, variant))) })),
  ],
} satisfies DebianPackage;
