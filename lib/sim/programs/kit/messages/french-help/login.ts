// What the declarations of login say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLoginHelp: Catalogue = [
  ["report the most recent login of all users or of a given user", "afficher la dernière connexion de tous les utilisateurs ou d'un seul"],
  ["print only lastlog records older than DAYS", "n'afficher que les connexions plus anciennes que ce nombre de JOURS"],
  ["clear lastlog record of an user", "effacer la dernière connexion d'un utilisateur"],
  ["set lastlog record to current time", "mettre la dernière connexion à l'instant présent"],
  ["print only lastlog records more recent than DAYS", "n'afficher que les connexions plus récentes que ce nombre de JOURS"],
  ["print lastlog record of the specified LOGIN", "afficher la dernière connexion de ce LOGIN"],
  ["begin session on the system", "ouvrir une session sur le système"],
  ["keep the environment", "garder l'environnement"],
  ["no authentication: the user has done it before", "pas d'authentification\u00a0: l'utilisateur l'a faite avant"],
  ["the remote host of this login", "l'hôte distant de cette connexion"],
  ["log in to a new group", "se connecter à un nouveau groupe"],
  ["politely refuse a login", "refuser poliment une connexion"],
  ["display faillog records or set login failure limits", "afficher les échecs de connexion ou en fixer la limite"],
  ["show the records of all users", "montrer les échecs de tous les utilisateurs"],
  ["lock the account for so long after a failure", "verrouiller le compte pendant cette durée après un échec"],
  ["most failures in a row", "nombre maximal d'échecs de suite"],
  ["only records of the last days", "seulement les échecs des derniers jours"],
  ["only of these users", "seulement de ces utilisateurs"],
  ["newgrp starts a shell whose primary group is the given one; sg GROUP -c COMMAND runs one command so. Members need no password; others are asked for that of the group (gpasswd(1)).", "newgrp lance un shell dont le groupe principal est celui donné\u00a0; sg GROUPE -c COMMANDE lance ainsi une seule commande. Les membres n'ont pas besoin de mot de passe\u00a0; celui du groupe est demandé aux autres (gpasswd(1))."],
];
