// What the declarations of sysvinit-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSysvinitUtilsHelp: Catalogue = [
  ["send a signal to all processes", "envoyer un signal à tous les processus"],
  ["leave this process alone", "laisser ce processus tranquille"],
  ["processes were signalled", "des processus ont reçu le signal"],
  ["there were none", "il n'y en avait pas"],
  ["find the process ID of a running program", "trouver le numéro des processus d'un programme"],
  ["only one", "un seul"],
  ["same root directory", "même répertoire racine"],
  ["only the status", "seulement le code de sortie"],
  ["scripts too", "les scripts aussi"],
  ["zombies too", "les zombies aussi"],
  ["omit", "omettre ce processus"],
  ["between the numbers", "entre les numéros"],
];
