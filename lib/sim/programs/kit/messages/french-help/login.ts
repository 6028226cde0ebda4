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
];
