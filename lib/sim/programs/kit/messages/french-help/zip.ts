// What the declarations of zip say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchZipHelp: Catalogue = [
  ["pack files into a compressed ZIP archive", "mettre des fichiers dans une archive ZIP compressée"],
  ["go into directories", "descendre dans les répertoires"],
  ["without directory names", "sans les noms de répertoires"],
  ["files that are newer than in the archive, or new", "fichiers plus récents que dans l'archive, ou nouveaux"],
  ["only changed files", "seulement les fichiers changés"],
  ["delete entries", "supprimer des entrées"],
  ["delete the files afterwards", "supprimer ensuite les fichiers"],
  ["a symbolic link stays a link", "un lien symbolique reste un lien"],
  ["no entries for directories", "pas d'entrées pour les répertoires"],
  ["without extra fields", "sans champs supplémentaires"],
  ["store only", "ranger seulement"],
  ["compress faster", "compresser plus vite"],
  ["compress better", "compresser mieux"],
  ["names from standard input", "les noms viennent de l'entrée standard"],
  ["like the files", "comme les fichiers"],
  ["show the files", "montrer les fichiers"],
  ["leave these out", "laisser ceux-ci de côté"],
  ["help", "aide"],
];
