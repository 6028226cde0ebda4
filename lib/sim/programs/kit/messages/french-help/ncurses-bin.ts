// What the declarations of ncurses-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNcursesBinHelp: Catalogue = [
  ["clear the terminal screen", "effacer l'écran du terminal"],
  ["use this instead of $TERM", "utiliser ce type au lieu de $TERM"],
  ["leave the scrollback as it is", "laisser l'historique de défilement tel quel"],
  ["set the terminal back to a sane state", "remettre le terminal dans un état sain"],
  ["print the terminal type only", "n'afficher que le type de terminal"],
  ["send no initialisation strings", "ne pas envoyer de chaînes d'initialisation"],
  ["initialize a terminal or query terminfo database", "initialiser un terminal ou interroger la base terminfo"],
  ["read capabilities from standard input", "lire les capacités sur l'entrée standard"],
  ["the string was written, or the flag is true", "la chaîne a été écrite, ou le drapeau est vrai"],
  ["the flag is false or the string absent", "le drapeau est faux ou la chaîne absente"],
  ["unknown terminal", "terminal inconnu"],
  ["unknown capability", "capacité inconnue"],
];
