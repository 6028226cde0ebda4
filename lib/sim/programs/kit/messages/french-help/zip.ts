// What the declarations of zip say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchZipHelp: Catalogue = [
  ["package and compress (archive) files", "empaqueter et compresser des fichiers"],
  ["go into directories", "descendre dans les répertoires"],
  ["without directory names", "sans les noms de répertoires"],
  ["only changed or new files", "seulement les fichiers nouveaux ou changés"],
  ["only changed files", "seulement les fichiers changés"],
  ["delete entries", "supprimer des entrées"],
  ["delete the files afterwards", "supprimer ensuite les fichiers"],
  ["store symbolic links as such", "ranger les liens symboliques comme tels"],
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
