// What grep 3.8 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchGrep: readonly (readonly [string, string])[] = [
  ["(standard input)", "(entrée standard)"],
  ["Try '{1} --help' for more information.", "Exécutez «\u00a0{1} --help\u00a0» pour obtenir des renseignements complémentaires."],
  ["Usage: {1} [OPTION]... PATTERNS [FILE]...", "Usage\u00a0: {1} [OPTION]... MOTIFS [FICHIER]..."],
  ["Valid arguments are:", "Les arguments valables sont\u00a0:"],
  ["character class syntax is [[:space:]], not [:space:]", "la syntaxe d'une classe de caractères est [[:space:]], pas [:space:]"],
  ["conflicting matchers specified", "opérateurs de correspondance indiqués en conflit"],
  ["invalid argument {1} for {2}", "argument {1} incorrect pour {2}"],
  ["invalid context length argument", "argument de longueur de contexte incorrect"],
  ["invalid matcher {1}", "motif de correspondance incorrect {1}"],
  ["invalid max count", "décompte maximal incorrect"],
  ["unknown binary-files type", "type de fichier binaire inconnu"],
  ["unknown devices method", "méthode d'examen des périphériques inconnue"],
  ["warning: --unix-byte-offsets (-u) is obsolete", "Avertissement\u00a0: --unix-byte-offsets (-u) est obsolète"],
  ["warning: {1}", "avertissement\u00a0: {1}"],
  ["write error", "erreur d'écriture"],
  ["{1}: binary file matches", "{1} : fichiers binaires correspondent"],
  ["{1}: exceeded PCRE's backtracking limit", "{1} : limite de retour arrière des PCRE dépassée"],
  ["{1}: input file is also the output", "{1} : le fichier d'entrée est aussi le fichier de sortie"],
  ["{1}: memory exhausted", "{1} : mémoire épuisée"],
  ["{1}: warning: recursive directory loop", "{1} : attention : boucle de répertoire récursive"],
];
