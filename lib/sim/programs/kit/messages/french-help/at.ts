// What the declarations of at say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchAtHelp: Catalogue = [
  ["have commands run later, list or delete such jobs", "faire exécuter des commandes plus tard, lister ou supprimer ces travaux"],
  ["a letter: the later, the nicer; b is batch's", "une lettre\u00a0: plus elle est loin, plus la courtoisie est grande\u00a0; b est celle de batch"],
  ["mail the user even when there is no output", "écrire à l'utilisateur même sans sortie"],
  ["never mail", "ne jamais écrire à l'utilisateur"],
  ["the commands are in this file", "les commandes sont dans ce fichier"],
  ["mail this user", "écrire à cet utilisateur"],
  ["[[CC]YY]MMDDhhmm[.ss]", "date [[CC]YY]MMDDhhmm[.ss]"],
  ["list the jobs (atq)", "lister les travaux (atq)"],
  ["remove jobs (atrm)", "supprimer des travaux (atrm)"],
  ["when the load allows it (batch)", "quand la charge le permet (batch)"],
  ["show the time first", "montrer d'abord l'heure"],
  ["print jobs", "afficher des travaux"],
  ["how times are listed, as strftime(3)", "format des heures listées, comme strftime(3)"],
  ["daemon that runs the jobs of at and batch when it is time", "démon qui exécute à l'heure les travaux de at et de batch"],
  ["the load below which batch jobs run (1.5)", "charge au-dessous de laquelle les travaux de batch sont lancés (1.5)"],
  ["least time between two batch jobs", "temps minimal entre deux travaux de batch"],
  ["say what it does", "dire ce qu'il fait"],
  ["stay in the foreground", "rester au premier plan"],
  ["do not fork", "ne pas créer de processus fils"],
  ["look once and end", "regarder une fois et finir"],
  ["queue commands for when the load allows it", "mettre en file des commandes pour quand la charge le permettra"],
];
