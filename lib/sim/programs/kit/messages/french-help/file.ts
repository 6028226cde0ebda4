// What the declarations of file say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchFileHelp: Catalogue = [
  ["tell what kind of data a file holds", "dire quel genre de données contient un fichier"],
  ["Each FILE is looked at in three ways: by its entry in the file system, by signatures in its contents, and as text: its encoding and its language.", "Chaque FICHIER est examiné de trois façons\u00a0: par son entrée dans le système de fichiers, par les signatures de son contenu, et comme texte\u00a0: son codage et sa langue."],
  ["files with magic numbers, separated by colons (accepted; the built-in tests are used)", "fichiers de nombres magiques, séparés par des deux-points (accepté\u00a0; les tests intégrés servent)"],
  ["try to look inside compressed files (only their own kind is told)", "essayer de regarder dans les fichiers compressés (seul leur propre genre est dit)"],
  ["the kind alone, without the name", "le type seul, sans le nom"],
  ["leave the test TEST out", "ne pas faire le test TEST"],
  ["names come from FILE, a line each", "les noms viennent de FICHIER, un par ligne"],
  ["write this after a name, instead of a colon", "écrire ceci après un nom, au lieu du deux-points"],
  ["--mime-type and --mime-encoding together", "--mime-type et --mime-encoding ensemble"],
  ["endings of file names of this type, separated by slashes", "suffixes des fichiers de ce type, séparés par des barres obliques"],
  ["type as in text/plain", "type, comme text/plain"],
  ["encoding as in us-ascii or binary", "codage, comme us-ascii ou binary"],
  ["every kind that fits, not only the first", "tous les types qui conviennent, pas seulement le premier"],
  ["examine the target of a symbolic link (as without options when POSIXLY_CORRECT is set)", "examiner la cible d'un lien symbolique (comme sans option si POSIXLY_CORRECT existe)"],
  ["report a symbolic link as a link (as without options unless POSIXLY_CORRECT is set)", "annoncer un lien symbolique comme tel (comme sans option, sauf si POSIXLY_CORRECT existe)"],
  ["write every answer at once", "écrire chaque réponse aussitôt"],
  ["no blanks to align the kinds", "pas d'espaces pour aligner les types"],
  ["NUL after every name", "NUL après chaque nom"],
  ["files keep their time of last reading", "les fichiers gardent leur date de dernière lecture"],
  ["a limit of the search, as name=value", "une limite de la recherche, en nom=valeur"],
  ["look into device files as well", "regarder aussi dans les fichiers de périphériques"],
  ["without the filter of system calls (seccomp)", "sans le filtre d'appels système (seccomp)"],
  ["exit with an error when a file cannot be looked at", "finir par une erreur quand un fichier ne peut pas être examiné"],
];
