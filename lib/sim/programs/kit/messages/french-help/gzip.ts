// What the declarations of gzip say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGzipHelp: Catalogue = [
  ["compress or expand files", "compresser ou décompresser des fichiers"],
  ["FILE becomes FILE.gz, or comes back from it with -d. Without FILE, and for -, data goes from standard input to standard output.", "FICHIER devient FICHIER.gz, ou en revient avec -d. Sans FICHIER, et pour -, les données vont de l'entrée standard à la sortie standard."],
  ["write to standard output, keep the files", "écrire sur la sortie standard, garder les fichiers"],
  ["decompress", "décompresser"],
  ["overwrite files, compress links, write to a terminal", "écraser les fichiers, compresser les liens, écrire sur un terminal"],
  ["keep the input files", "garder les fichiers d'entrée"],
  ["list what compressed files hold", "lister ce que contiennent les fichiers compressés"],
  ["do not keep name and time", "ne pas garder le nom ni la date"],
  ["keep name and time", "garder le nom et la date"],
  ["no warnings", "pas d'avertissements"],
  ["go down into directories", "descendre dans les répertoires"],
  ["use SUF instead of .gz", "utiliser SUFFIXE au lieu de .gz"],
  ["test compressed files", "tester les fichiers compressés"],
  ["say what is done", "dire ce qui se fait"],
  ["fastest", "le plus rapide"],
  ["level 2", "niveau 2"],
  ["level 3", "niveau 3"],
  ["level 4", "niveau 4"],
  ["level 5", "niveau 5"],
  ["level 6", "niveau 6"],
  ["level 7", "niveau 7"],
  ["level 8", "niveau 8"],
  ["smallest", "le plus petit"],
  ["a warning", "un avertissement"],
];
