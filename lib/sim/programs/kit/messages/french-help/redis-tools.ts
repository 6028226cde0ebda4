// What the declarations of redis-tools say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRedisToolsHelp: Catalogue = [
  ["Redis client", "client de Redis"],
  ["host of the server (127.0.0.1)", "hôte du serveur (127.0.0.1)"],
  ["port of the server (6379)", "port du serveur (6379)"],
  ["password for the server (AUTH)", "mot de passe pour le serveur (AUTH)"],
  ["database number", "numéro de base"],
  ["the command N times, one after another", "la commande N fois, l'une après l'autre"],
  ["answers as they are, without quotes and numbers", "des réponses telles quelles, sans guillemets ni numéros"],
  ["answers as on a terminal, into files and pipes too", "des réponses comme sur un terminal, même vers un fichier ou un tube"],
];
