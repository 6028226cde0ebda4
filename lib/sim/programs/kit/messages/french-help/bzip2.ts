// What the declarations of bzip2 say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBzip2Help: Catalogue = [
  ["compress files (bzip2)", "compresser des fichiers (bzip2)"],
  ["show the flags", "montrer les options"],
  ["overwrite output files", "écraser les fichiers de sortie"],
  ["write to standard output", "écrire sur la sortie standard"],
  ["only important messages", "seulement les messages importants"],
  ["blocks of 100 kB (so up to -9)", "blocs de 100 ko (et ainsi jusqu'à -9)"],
  ["blocks of 900 kB", "blocs de 900 ko"],
];
