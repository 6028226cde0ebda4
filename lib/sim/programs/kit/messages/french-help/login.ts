// What the declarations of login say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLoginHelp: Catalogue = [
  ["show when each user, or one of them, last logged in", "montrer quand chaque utilisateur, ou l'un d'eux, s'est connecté pour la dernière fois"],
  ["only users whose last login is over DAYS days ago", "seulement ceux dont la dernière connexion remonte à plus de JOURS jours"],
  ["forget a user's last login", "oublier la dernière connexion d'un utilisateur"],
  ["note a login at this moment", "noter une connexion à cet instant"],
  ["only users who logged in within the last DAYS days", "seulement ceux qui se sont connectés depuis moins de JOURS jours"],
  ["only the user LOGIN", "seulement l'utilisateur LOGIN"],
  ["open a session for a user on a terminal", "ouvrir une session d'utilisateur sur un terminal"],
  ["keep the environment", "garder l'environnement"],
  ["no authentication: the user has done it before", "pas d'authentification\u00a0: l'utilisateur l'a faite avant"],
  ["the remote host of this login", "l'hôte distant de cette connexion"],
  ["open a shell with another primary group", "ouvrir un shell avec un autre groupe principal"],
  ["refuse a login and say why", "refuser une connexion et dire pourquoi"],
  ["show failed logins, or limit how many a user may have", "montrer les connexions échouées, ou limiter celles d'un utilisateur"],
  ["show the records of all users", "montrer les échecs de tous les utilisateurs"],
  ["lock the account for so long after a failure", "verrouiller le compte pendant cette durée après un échec"],
  ["most failures in a row", "nombre maximal d'échecs de suite"],
  ["only records of the last days", "seulement les échecs des derniers jours"],
  ["only of these users", "seulement de ces utilisateurs"],
  ["newgrp starts a shell whose primary group is the given one; sg GROUP -c COMMAND runs one command so. Members need no password; others are asked for that of the group (gpasswd(1)).", "newgrp lance un shell dont le groupe principal est celui donné\u00a0; sg GROUPE -c COMMANDE lance ainsi une seule commande. Les membres n'ont pas besoin de mot de passe\u00a0; celui du groupe est demandé aux autres (gpasswd(1))."],
];
