// What the declarations of file say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchFileHelp: Catalogue = [
  ["tell what kind of data a file holds", "dire quel genre de données contient un fichier"],
  ["Each FILE is looked at in three ways: by its entry in the file system, by signatures in its contents, and as text: its encoding and its language.", "Chaque FICHIER est examiné de trois façons\u00a0: par son entrée dans le système de fichiers, par les signatures de son contenu, et comme texte\u00a0: son codage et sa langue."],
  ["files with magic numbers, with colons (the built-in tests are used)", "fichiers de nombres magiques, avec des deux-points (les tests intégrés servent)"],
  ["try to look inside compressed files (only their own kind is told)", "essayer de regarder dans les fichiers compressés (seul leur propre genre est dit)"],
  ["the kind alone, without the name", "le type seul, sans le nom"],
  ["leave the test TEST out", "ne pas faire le test TEST"],
  ["names come from FILE, a line each", "les noms viennent de FICHIER, un par ligne"],
  ["what stands behind a name instead of a colon", "ce qui suit un nom au lieu du deux-points"],
  ["--mime-type and --mime-encoding together", "--mime-type et --mime-encoding ensemble"],
  ["endings that such files have, with slashes", "suffixes qu'ont de tels fichiers, avec des barres"],
  ["type as in text/plain", "type, comme text/plain"],
  ["encoding as in us-ascii or binary", "codage, comme us-ascii ou binary"],
  ["every kind that fits, not only the first", "tous les types qui conviennent, non le premier seul"],
  ["a symbolic link counts as its target (usual with POSIXLY_CORRECT)", "un lien symbolique compte pour sa cible (d'usage avec POSIXLY_CORRECT)"],
  ["a symbolic link is told as such (usual without POSIXLY_CORRECT)", "un lien symbolique est annoncé comme tel (d'usage sans POSIXLY_CORRECT)"],
  ["write every answer at once", "écrire chaque réponse aussitôt"],
  ["no blanks to align the kinds", "aucun blanc pour aligner les types"],
  ["NUL behind every name", "NUL derrière chaque nom"],
  ["files keep their time of last reading", "les fichiers gardent leur date de dernière lecture"],
  ["a limit of the search, as name=value", "une limite de la recherche, en nom=valeur"],
  ["look into device files as well", "regarder aussi dans les fichiers de périphériques"],
  ["without the filter of system calls (seccomp)", "sans le filtre d'appels système (seccomp)"],
  ["exit with an error when a file cannot be looked at", "finir par une erreur quand un fichier ne peut pas être examiné"],
];
