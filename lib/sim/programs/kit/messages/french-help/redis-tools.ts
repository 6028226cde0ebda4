// What the declarations of redis-tools say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRedisToolsHelp: Catalogue = [
  ["Redis client", "client de Redis"],
  ["server hostname (default: 127.0.0.1)", "hôte du serveur (par défaut 127.0.0.1)"],
  ["server port (default: 6379)", "port du serveur (par défaut 6379)"],
  ["password to use when connecting to the server", "mot de passe de connexion au serveur"],
  ["database number", "numéro de base"],
  ["execute specified command N times", "exécuter la commande N fois"],
  ["raw formatting for replies", "réponses sous forme brute"],
  ["formatted output even when STDOUT is not a tty", "réponses mises en forme même hors d'un terminal"],
];
