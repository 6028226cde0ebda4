// What the declarations of debsums say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDebsumsHelp: Catalogue = [
  ["compare the files of installed packages with their MD5 sums", "comparer les fichiers des paquets installés à leurs sommes MD5"],
  ["Without a package, those of all that are installed are checked. Each file has a line that ends with OK, FAILED or REPLACED; the sums are in /var/lib/dpkg/info/PACKAGE.md5sums.", "Sans nom de paquet, vérifie ceux de tous les paquets installés. Chaque fichier a une ligne qui finit par OK, FAILED ou REPLACED\u00a0; les sommes sont dans /var/lib/dpkg/info/PAQUET.md5sums."],
  ["check configuration files too", "vérifier aussi les fichiers de configuration"],
  ["check configuration files only", "ne vérifier que les fichiers de configuration"],
  ["only list files that changed", "ne lister que les fichiers changés"],
  ["list packages without sums", "lister les paquets sans sommes"],
  ["only report errors", "ne signaler que les erreurs"],
  ["all is well", "tout est bien"],
  ["a package is not installed, or a wrong option", "un paquet n'est pas installé, ou option erronée"],
  ["files changed or are missing", "des fichiers ont changé ou manquent"],
];
