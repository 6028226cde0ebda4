// What the declarations of update-inetd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUpdateInetdHelp: Catalogue = [
  ["add lines to /etc/inetd.conf, delete them, or switch them on and off", "ajouter des lignes à /etc/inetd.conf, les supprimer, les activer ou les désactiver"],
  ["add the line", "ajouter la ligne"],
  ["remove the lines that fit", "retirer les lignes qui conviennent"],
  ["enable services", "activer des services"],
  ["disable services", "désactiver des services"],
  ["add the line to this section (OTHER)", "ajouter la ligne à cette section (OTHER)"],
  ["only lines that fit", "seulement les lignes qui conviennent"],
  ["what a disabled line begins with (#<off>#)", "par quoi commence une ligne désactivée (#<off>#)"],
  ["several lines may be removed or disabled", "plusieurs lignes peuvent être retirées ou désactivées"],
  ["another file than /etc/inetd.conf", "un autre fichier que /etc/inetd.conf"],
];
