// What the declarations of xxd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXxdHelp: Catalogue = [
  ["make a hex dump or do the reverse", "afficher en hexadécimal ou faire l'inverse"],
  ["toggle autoskip: a single '*' stands for lines of zeros", "sauter des lignes\u00a0: un seul «\u00a0*\u00a0» pour des lignes de zéros"],
  ["binary digit dump (incompatible with -ps, -i, -r)", "chiffres binaires (incompatible avec -ps, -i, -r)"],
  ["capitalize variable names in C include file style (-i)", "noms de variables en majuscules à la manière d'un fichier C (-i)"],
  ["format <cols> octets per line; default 16 (-i: 12, -ps: 30)", "<colonnes> octets par ligne\u00a0; 16 par défaut (-i\u00a0: 12, -ps\u00a0: 30)"],
  ["show characters in EBCDIC", "montrer les caractères en EBCDIC"],
  ["little-endian dump (incompatible with -ps, -i, -r)", "petit boutisme (incompatible avec -ps, -i, -r)"],
  ["number of octets per group in normal output; default 2 (-e: 4)", "nombre d'octets par groupe\u00a0; 2 par défaut (-e\u00a0: 4)"],
  ["print this summary", "afficher ce résumé"],
  ["output in C include file style", "écrire à la manière d'un fichier C à inclure"],
  ["stop after <len> octets", "s'arrêter après <longueur> octets"],
  ["set the variable name used in C include output (-i)", "nom de la variable dans la sortie en C (-i)"],
  ["add <off> to the displayed file position", "ajouter <décalage> à la position affichée"],
  ["output in postscript plain hexdump style", "écrire en hexadécimal simple (style PostScript)"],
  ["reverse operation: convert (or patch) hexdump into binary", "opération inverse\u00a0: convertir l'hexadécimal en binaire (ou corriger)"],
  ["show offset in decimal instead of hex", "montrer la position en décimal et non en hexadécimal"],
  ["start at <seek> bytes abs. (or +: rel.) infile offset", "commencer à cette position absolue du fichier (avec +\u00a0: relative)"],
  ["use upper case hex letters", "utiliser des lettres hexadécimales majuscules"],
];
