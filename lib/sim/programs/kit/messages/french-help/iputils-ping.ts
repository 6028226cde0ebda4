// What the declarations of iputils-ping say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchIputilsPingHelp: Catalogue = [
  ["send ICMP ECHO_REQUEST to network hosts", "envoyer des ECHO_REQUEST ICMP à des hôtes du réseau"],
  ["use IPv4", "utiliser IPv4"],
  ["use IPv6", "utiliser IPv6"],
  ["use audible ping", "sonner à chaque réponse"],
  ["use adaptive ping", "s'adapter au temps de réponse"],
  ["allow pinging broadcast", "permettre la diffusion"],
  ["stop after <count> replies", "s'arrêter après <nombre> réponses"],
  ["print timestamps", "afficher l'horodatage"],
  ["flood ping", "envoyer sans relâche"],
  ["seconds between sending each packet", "secondes entre deux envois"],
  ["either interface name or address", "nom ou adresse de l'interface"],
  ["send <preload> number of packages while waiting replies", "envoyer ce nombre de paquets sans attendre de réponse"],
  ["define path MTU discovery", "découverte du MTU du chemin"],
  ["no dns name resolution", "ne pas chercher les noms dans le DNS"],
  ["report outstanding replies", "signaler les réponses qui manquent"],
  ["contents of padding byte", "contenu des octets de remplissage"],
  ["quiet output", "sortie brève"],
  ["bypass routing", "passer outre le routage"],
  ["use <size> as number of data bytes to be sent", "nombre d'octets de données à envoyer"],
  ["define time to live", "durée de vie (TTL)"],
  ["print user-to-user latency", "afficher la latence complète d'utilisateur à utilisateur"],
  ["reply wait <deadline> in seconds", "durée totale en secondes"],
  ["time to wait for response", "temps d'attente d'une réponse"],
];
