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
  ["entry to start once, at the next start of the machine", "entrée à démarrer une seule fois, au prochain démarrage"],
  ["forget the entry of -n", "oublier l'entrée de -n"],
  ["numbers of the entries in the order in which they are tried", "numéros des entrées dans l'ordre des essais"],
  ["delete the order", "supprimer l'ordre"],
  ["number of the partition with the loader", "numéro de la partition du chargeur"],
  ["how long the menu waits", "combien de temps le menu attend"],
  ["delete the time-out", "supprimer le délai"],
];
