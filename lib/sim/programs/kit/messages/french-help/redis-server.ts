// What the declarations of redis-server say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRedisServerHelp: Catalogue = [
  ["persistent key-value database", "base de données clé-valeur persistante"],
  ["address to listen on", "adresse d'écoute"],
  ["password of clients", "mot de passe des clients"],
  ["where the snapshot is", "où se trouve l'instantané"],
];
