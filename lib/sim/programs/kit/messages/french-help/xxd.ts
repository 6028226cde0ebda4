// What the declarations of xxd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXxdHelp: Catalogue = [
  ["make a hex dump or do the reverse", "afficher en hexadécimal ou faire l'inverse"],
  ["lines of zeros become one line with a star", "des lignes de zéros deviennent une ligne avec une étoile"],
  ["bytes as eight binary digits (not with -ps, -i, -r)", "octets en huit chiffres binaires (pas avec -ps, -i, -r)"],
  ["with -i, names of variables in capitals", "avec -i, noms de variables en majuscules"],
  ["bytes on a line: 16, with -i 12, with -ps 30", "octets par ligne\u00a0: 16, avec -i 12, avec -ps 30"],
  ["show characters in EBCDIC", "montrer les caractères en EBCDIC"],
  ["groups with the least byte first (not with -ps, -i, -r)", "groupes à l'octet de poids faible d'abord (pas avec -ps, -i, -r)"],
  ["bytes of a group: 2, with -e 4", "octets d'un groupe\u00a0: 2, avec -e 4"],
  ["print this summary", "afficher ce résumé"],
  ["write an array for a C program", "écrire un tableau pour un programme C"],
  ["no more than <len> bytes", "pas plus de <longueur> octets"],
  ["with -i, the name of the array", "avec -i, le nom du tableau"],
  ["positions are shown <off> larger", "montrer les positions augmentées de <décalage>"],
  ["hexadecimal digits and nothing else", "des chiffres hexadécimaux et rien d'autre"],
  ["the way back: from a dump to bytes, into an existing file too", "le chemin inverse\u00a0: du vidage aux octets, dans un fichier existant aussi"],
  ["positions in base 10", "positions en base 10"],
  ["begin at byte <seek>; +: from where standard input is; -: from the end", "commencer à l'octet <seek>\u00a0; +\u00a0: depuis la position de l'entrée standard\u00a0; -\u00a0: depuis la fin"],
  ["digits A to F in capitals", "chiffres A à F en majuscules"],
];
