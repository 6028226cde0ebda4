// What the declarations of dmsetup say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDmsetupHelp: Catalogue = [
  ["talk to the kernel's device mapper, below LVM", "parler au device mapper du noyau, sous LVM"],
  ["Targets: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin and crypt. Others are refused by the simulated kernel.", "Cibles\u00a0: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin et crypt. Les autres sont refusées par le noyau simulé."],
  ["the table, else standard input", "la table, sinon l'entrée standard"],
  ["one line a device", "une ligne par périphérique"],
  ["as a tree", "en arbre"],
  ["the new device's uuid", "UUID du nouveau périphérique"],
  ["make the device without a table", "créer le périphérique sans table"],
  ["these fields, + in front: beside the usual ones; help lists them. For ls and deps: devno, blkdevname, devname", "ces champs, + devant\u00a0: en plus des champs habituels\u00a0; help les liste. Pour ls et deps\u00a0: devno, blkdevname, devname"],
  ["sort by these fields, - in front: from the end", "trier selon ces champs, - devant\u00a0: par la fin"],
  ["no headings, fields behind colons", "sans en-têtes, champs séparés par des deux-points"],
  ["what stands between fields", "ce qui sépare les champs"],
  ["fields as variables of a shell", "les champs comme variables d'un shell"],
  ["only devices with lines of that target", "seulement les périphériques qui ont des lignes de cette cible"],
  ["taken: nothing holds a device open for a moment here", "accepté\u00a0: rien ne tient un périphérique ouvert un instant ici"],
  ["remove a device once nobody has it open", "supprimer un périphérique une fois que personne ne l'a ouvert"],
  ["a device that is in use stays here", "un périphérique employé reste ici"],
  ["tables of several devices in a line", "les tables de plusieurs périphériques sur une ligne"],
  ["one device at a time is made here", "un périphérique à la fois est créé ici"],
  ["run a command for each device", "lancer une commande pour chaque périphérique"],
  ["a loop of the shell does it", "une boucle du shell le fait"],
  ["a device that cannot be written", "un périphérique qui ne peut être écrit"],
  ["mapped devices can be written here", "les périphériques mappés peuvent être écrits ici"],
];
