// What the declarations of cron say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchCronHelp: Catalogue = [
  ["daemon that runs commands at their appointed times", "démon qui exécute des commandes aux moments prévus"],
  ["edit, show or remove a user's table of scheduled commands (crontab)", "modifier, afficher ou retirer la table des commandes périodiques (crontab) d'un utilisateur"],
  ["the table of this user", "la table de cet utilisateur"],
  ["print the table", "afficher la table"],
  ["edit the table", "éditer la table"],
  ["remove the table", "supprimer la table"],
  ["with -r: ask first", "avec -r\u00a0: demander d'abord"],
  ["check the table, do not install it", "vérifier la table, sans l'installer"],
  ["show how to call it", "montrer comment l'appeler"],
];
