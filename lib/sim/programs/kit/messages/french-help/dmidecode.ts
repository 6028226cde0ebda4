// What the declarations of dmidecode say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDmidecodeHelp: Catalogue = [
  ["DMI table decoder", "décoder la table DMI"],
  ["read memory from FILE", "lire la mémoire dans FICHIER"],
  ["less verbose output", "sortie moins détaillée"],
  ["only display the value of the given DMI string", "n'afficher que la valeur de cette chaîne DMI"],
  ["only display the entries of given type", "n'afficher que les entrées de ce type"],
  ["only display the entry of given handle", "n'afficher que l'entrée de cet identifiant"],
  ["do not decode the entries", "ne pas décoder les entrées"],
  ["do not attempt to read DMI data from sysfs files", "ne pas lire les données DMI dans sysfs"],
  ["display the version and exit", "afficher la version et finir le programme"],
];
