// What the declarations of xz-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXzUtilsHelp: Catalogue = [
  ["compress or decompress .xz files", "compresser ou décompresser des fichiers .xz"],
  ["compress", "compresser"],
  ["list what .xz files hold", "lister ce que contiennent les fichiers .xz"],
  ["overwrite output files, compress links", "écraser les fichiers de sortie, compresser les liens"],
  ["write to standard output, keep the input files", "écrire sur la sortie standard, garder les fichiers d'entrée"],
  ["how hard to try; default 6", "effort de compression\u00a0; 6 par défaut"],
  ["the output is larger than the real xz's", "la sortie est plus grande que celle du vrai xz"],
  ["no effect here", "sans effet ici"],
  ["use .SUF instead of .xz", "utiliser .SUFFIXE au lieu de .xz"],
  ["auto, xz", "auto, xz"],
  ["lzma and raw are refused", "lzma et raw sont refusés"],
  ["none, crc32, crc64 or sha256", "none, crc32, crc64 ou sha256"],
  ["only the first stream", "seulement le premier flux"],
  ["filter settings", "réglages du filtre"],
  ["the filters are fixed", "les filtres sont fixés"],
  ["no warnings; twice: no errors", "pas d'avertissements\u00a0; deux fois\u00a0: pas d'erreurs"],
  ["warnings do not change the exit status", "les avertissements ne changent pas le code de sortie"],
  ["messages for programs", "messages pour des programmes"],
];
