// What the declarations of console-setup say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchConsoleSetupHelp: Catalogue = [
  ["turn a keyboard layout of XKB into a keymap that loadkeys reads", "traduire une disposition de clavier XKB en table que lit loadkeys"],
  ["ckbcomp fr | loadkeys gives the consoles the French layout of X. Layouts that are not known here are refused.", "ckbcomp fr | loadkeys donne aux consoles la disposition française de X. Les dispositions inconnues ici sont refusées."],
  ["be verbose", "donner des détails"],
  ["the console's character set", "le jeu de caractères de la console"],
  ["where the files of XKB are", "l'emplacement des fichiers de XKB"],
  ["model of the keyboard", "modèle du clavier"],
  ["layout", "disposition"],
  ["variant of the layout", "variante de la disposition"],
  ["options, with commas between them", "options, séparées par des virgules"],
  ["fewer columns", "moins de colonnes"],
  ["load the console's font and keymap", "charger la police et la table de clavier de la console"],
  ["only the keyboard", "seulement le clavier"],
  ["only the font", "seulement la police"],
  ["only the terminal", "seulement le terminal"],
  ["only this console", "seulement cette console"],
  ["also save what the boot needs in /etc/console-setup", "enregistrer aussi ce qu'il faut au démarrage dans /etc/console-setup"],
  ["only save it", "l'enregistrer seulement"],
  ["also when this is not a console", "même si ce n'est pas une console"],
  ["save the keymap", "enregistrer la table du clavier"],
  ["only print the commands", "n'afficher que les commandes"],
  ["accepted, nothing is put there", "accepté, rien n'y est mis"],
  ["At a pseudo-terminal (of ssh, tmux, X) nothing is done unless --force is given.", "Sur un pseudo-terminal (de ssh, tmux, X), rien n'est fait sans --force."],
];
