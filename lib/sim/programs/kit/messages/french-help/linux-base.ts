// What the declarations of linux-base say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLinuxBaseHelp: Catalogue = [
  ["list and compare the versions of the Linux kernels installed", "lister et comparer les versions des noyaux Linux installés"],
  ["sort: the newest version first", "sort\u00a0: la version la plus récente d'abord"],
  ["list: with the file of each kernel", "list\u00a0: avec le fichier de chaque noyau"],
  ["maintain symlinks to the installed kernels", "tenir à jour les liens symboliques vers les noyaux installés"],
  ["warn before the running kernel is removed", "avertir avant que le noyau en cours ne soit supprimé"],
];
