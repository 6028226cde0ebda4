// What the declarations of dmsetup say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDmsetupHelp: Catalogue = [
  ["talk to the kernel's device mapper, below LVM", "parler au device mapper du noyau, sous LVM"],
  ["Targets: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin and crypt. Others are refused by the simulated kernel.", "Cibles\u00a0: linear, striped, zero, error, snapshot-origin, snapshot, snapshot-merge, thin-pool, thin et crypt. Les autres sont refusées par le noyau simulé."],
  ["the table, else standard input", "la table, sinon l'entrée standard"],
  ["one line a device", "une ligne par périphérique"],
  ["as a tree", "en arbre"],
  ["the new device's uuid", "UUID du nouveau périphérique"],
];
