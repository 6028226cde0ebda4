// What the declarations of x11-xkb-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11XkbUtilsHelp: Catalogue = [
  ["choose the keyboard layout of X", "choisir la disposition du clavier de X"],
  ["setxkbmap fr chooses the French layout of the running X server. The layout of the machine is kept in /etc/default/keyboard (localectl set-x11-keymap).", "setxkbmap fr choisit la disposition française du serveur X en marche. La disposition de la machine est gardée dans /etc/default/keyboard (localectl set-x11-keymap)."],
];
