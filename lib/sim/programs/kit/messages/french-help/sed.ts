// What the declarations of sed say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSedHelp: Catalogue = [
  ["edit a stream of text", "éditer un flux de texte"],
  ["Runs a script of editing commands over each line of the input files and prints the result.", "Exécute un script de commandes d'édition sur chaque ligne des fichiers d'entrée et affiche le résultat."],
  ["do not print the pattern space at the end of each cycle", "ne pas afficher l'espace de travail à la fin de chaque cycle"],
  ["show the program and each step", "montrer le programme et chaque étape"],
  ["the annotated form of programs is not made", "la forme commentée des programmes n'est pas produite"],
  ["add these commands to the script", "ajouter ces commandes au script"],
  ["add the commands of a file to the script", "ajouter au script les commandes d'un fichier"],
  ["edit the file that a link points to", "modifier le fichier que désigne un lien"],
  ["edit files in place, keeping the old one under a suffix", "modifier les fichiers sur place, en gardant l'ancien avec un suffixe"],
  ["where the l command wraps lines", "longueur à laquelle la commande l replie les lignes"],
  ["without GNU extensions", "sans les extensions GNU"],
  ["extended regular expressions", "expressions rationnelles étendues"],
  ["files are separate, not one stream", "les fichiers sont séparés et non un seul flux"],
  ["refuse the commands e, r and w", "refuser les commandes e, r et w"],
  ["write each line at once", "écrire aussitôt chaque ligne"],
  ["wrong script or usage", "script ou usage incorrect"],
  ["an input file could not be read", "un fichier d'entrée n'a pas pu être lu"],
  ["a file could not be written", "un fichier n'a pas pu être écrit"],
  ["[OPTION]... {script-only-if-no-other-script} [input-file]...", "[OPTION]... {script-si-aucun-autre} [fichier-d'entrée]..."],
];
