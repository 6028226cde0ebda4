// What the declarations of logrotate say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLogrotateHelp: Catalogue = [
  ["rotates, compresses, and removes system logs", "tourner, compresser et supprimer les journaux du système"],
  ["change nothing, say what would be done", "ne rien changer, dire ce qui serait fait"],
  ["rotate, due or not", "tourner, que ce soit dû ou non"],
  ["sends mail (/usr/bin/mail)", "envoie le courrier (/usr/bin/mail)"],
  ["remember here (/var/lib/logrotate/status)", "se souvenir ici (/var/lib/logrotate/status)"],
  ["do without the lock on the state file", "se passer du verrou du fichier d'état"],
  ["log to this file, or syslog", "journaliser dans ce fichier, ou syslog"],
  ["print this", "afficher ceci"],
  ["a brief usage", "une utilisation brève"],
];
