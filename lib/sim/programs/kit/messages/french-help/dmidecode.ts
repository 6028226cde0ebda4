// What the declarations of dmidecode say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDmidecodeHelp: Catalogue = [
  ["decode the hardware tables of the firmware (DMI, SMBIOS)", "décoder les tables matérielles du micrologiciel (DMI, SMBIOS)"],
  ["the tables are in FILE", "les tables sont dans FICHIER"],
  ["leave out what is not there or unknown", "omettre ce qui manque ou est inconnu"],
  ["just one value, by its keyword", "une seule valeur, par son mot-clé"],
  ["just structures of this type (a number or a keyword)", "les structures de ce type (un numéro ou un mot-clé)"],
  ["just the structure with this handle", "la structure qui a cet identifiant"],
  ["the structures as hexadecimal bytes and strings", "les structures en octets hexadécimaux et en chaînes"],
  ["read the memory, not the files of sysfs", "lire la mémoire, non les fichiers de sysfs"],
];
