// What the declarations of iputils-tracepath say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchIputilsTracepathHelp: Catalogue = [
  ["trace the path to a host and find the path MTU", "suivre le chemin vers un hôte et trouver son MTU"],
  ["print names and addresses", "afficher noms et adresses"],
  ["the first length of packets", "longueur des premiers paquets"],
  ["at most so many routers", "au plus ce nombre de routeurs"],
  ["do not look names up", "ne pas chercher les noms des adresses"],
  ["the destination port", "le port de destination"],
  ["the path was followed, to its end or not", "le chemin a été suivi, jusqu'au bout ou non"],
  ["the destination is unknown", "la destination est inconnue"],
];
