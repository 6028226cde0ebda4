// What the declarations of sysvinit-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSysvinitUtilsHelp: Catalogue = [
  ["send a signal to every process outside one's own session", "envoyer un signal à tout processus hors de sa propre session"],
  ["leave this process alone", "laisser ce processus tranquille"],
  ["processes were signalled", "des processus ont reçu le signal"],
  ["there were none", "il n'y en avait pas"],
  ["tell the process IDs (PID) of a program that runs", "dire les numéros de processus (PID) d'un programme qui tourne"],
  ["only one", "un seul"],
  ["same root directory", "même répertoire racine"],
  ["only the status", "seulement le code de sortie"],
  ["scripts too", "les scripts aussi"],
  ["zombies too", "les zombies aussi"],
  ["omit", "omettre ce processus"],
  ["between the numbers", "entre les numéros"],
];
