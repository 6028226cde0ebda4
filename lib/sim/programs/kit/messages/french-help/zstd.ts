// What the declarations of zstd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchZstdHelp: Catalogue = [
  ["compress files by Zstandard, or decompress .zst files", "compresser des fichiers par Zstandard, ou décompresser des .zst"],
  ["list what .zst files hold", "lister ce que contiennent les fichiers .zst"],
  ["write to this file", "écrire dans ce fichier"],
  ["overwrite, compress links", "écraser, compresser les liens"],
  ["keep the input files (default)", "garder les fichiers d'entrée (par défaut)"],
  ["remove the input files", "supprimer les fichiers d'entrée"],
  ["work on directories too", "traiter aussi les répertoires"],
  ["how hard to try, to 19; default 3", "effort de compression, jusqu'à 19\u00a0; 3 par défaut"],
  ["the output is larger than the real zstd's at high levels", "la sortie est plus grande que celle du vrai zstd aux niveaux élevés"],
  ["with or without a checksum (default: with)", "avec ou sans somme de contrôle (par défaut\u00a0: avec)"],
  ["less is said", "en dire moins"],
  ["more is said", "en dire plus"],
  ["use a dictionary", "utiliser un dictionnaire"],
  ["there are no dictionaries", "il n'y a pas de dictionnaires"],
  ["display the version", "afficher le numéro de version"],
];
