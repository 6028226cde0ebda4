// What the declarations of binutils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBinutilsHelp: Catalogue = [
  ["print the sequences of printable characters in files", "afficher les suites de caractères affichables de fichiers"],
  ["scan the entire file, not just the data section [default]", "examiner tout le fichier et pas seulement la section de données [par défaut]"],
  ["only scan the data sections in the file", "n'examiner que les sections de données du fichier"],
  ["in front of every string, the file's name", "devant chaque chaîne, le nom du fichier"],
  ["print any sequence of at least number characters (default 4)", "afficher les suites d'au moins ce nombre de caractères (4 par défaut)"],
  ["print the location of the string in base 8, 10 or 16", "afficher la position de la chaîne en base 8, 10 ou 16"],
  ["an alias for --radix=o", "synonyme de --radix=o"],
  ["include all whitespace as valid string characters", "compter tous les blancs comme caractères de chaîne"],
  ["select character size and endianness", "taille et boutisme des caractères"],
  ["how to display UTF-8 encoded characters", "comment montrer les caractères codés en UTF-8"],
  ["separate strings by this instead of a newline", "séparer les chaînes par ceci et non par un saut de ligne"],
];
