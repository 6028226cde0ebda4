// What the declarations of efibootmgr say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchEfibootmgrHelp: Catalogue = [
  ["show and change the boot entries of UEFI firmware", "montrer et changer les entrées d'amorçage du micrologiciel UEFI"],
  ["make the entry active", "activer l'entrée"],
  ["make the entry inactive", "désactiver l'entrée"],
  ["the entry that is meant", "l'entrée dont il s'agit"],
  ["delete the entry", "supprimer l'entrée"],
  ["make an entry and put it first", "créer une entrée et la mettre en premier"],
  ["the disk that has the loader", "le disque qui contient le chargeur"],
  ["what the firmware's menu shows", "ce que montre le menu du micrologiciel"],
  ["the loader's path on its partition", "le chemin du chargeur sur sa partition"],
  ["the entry for the next boot only", "l'entrée du prochain amorçage seulement"],
  ["no entry for the next boot", "pas d'entrée pour le prochain amorçage"],
  ["the order of the entries", "l'ordre des entrées"],
  ["delete the order", "supprimer l'ordre"],
  ["the partition that has the loader", "la partition qui contient le chargeur"],
  ["how long the menu waits", "combien de temps le menu attend"],
  ["delete the time-out", "supprimer le délai"],
];
