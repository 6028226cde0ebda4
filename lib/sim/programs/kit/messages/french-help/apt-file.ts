// What the declarations of apt-file say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchAptFileHelp: Catalogue = [
  ["search for files in packages, installed or not", "chercher des fichiers dans les paquets, installés ou non"],
  ["The lists of files come with apt update; they must be there before something can be searched.", "Les listes de fichiers viennent avec apt update\u00a0; elles doivent être là avant toute recherche."],
  ["the pattern is a whole path or name", "le motif est un chemin ou un nom entier"],
  ["search the files of a package's archive", "chercher les fichiers de l'archive d'un paquet"],
  ["read patterns from files", "lire les motifs dans des fichiers"],
  ["the word searched for is a regular expression", "le mot cherché est une expression rationnelle"],
  ["the pattern is a part of a path", "le motif est une partie d'un chemin"],
  ["files of this architecture", "fichiers de cette architecture"],
  ["search these indexes (deb)", "chercher dans ces index (deb)"],
  ["search these suites only", "ne chercher que dans ces suites"],
  ["search what these origins have", "chercher ce que ces origines ont"],
  ["names of packages, no paths", "des noms de paquets, sans chemins"],
  ["show what is found at once", "montrer aussitôt ce qui est trouvé"],
  ["whose files have the pattern in their path", "paquets dont un fichier a le motif dans son chemin"],
  ["the same as search", "comme search"],
  ["the files of packages", "les fichiers de paquets"],
  ["the same as list", "comme list"],
  ["what can be searched", "ce dans quoi l'on peut chercher"],
  ["fetch the lists of files", "récupérer les listes de fichiers"],
];
