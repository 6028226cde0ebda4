// What the declarations of linux-base say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLinuxBaseHelp: Catalogue = [
  ["operate on Linux kernel version strings", "comparer et trier des versions du noyau Linux"],
  ["sort: the newest version first", "sort\u00a0: la version la plus récente d'abord"],
  ["list: with the file of each kernel", "list\u00a0: avec le fichier de chaque noyau"],
  ["maintain symlinks to the installed kernels", "tenir à jour les liens symboliques vers les noyaux installés"],
  ["check whether removal of a kernel is safe", "vérifier qu'un noyau peut être supprimé sans risque"],
];
