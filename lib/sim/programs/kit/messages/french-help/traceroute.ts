// What the declarations of traceroute say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchTracerouteHelp: Catalogue = [
  ["print the route packets trace to network host", "afficher la route des paquets vers un hôte"],
  ["enable socket level debugging", "débogage au niveau des sockets"],
  ["do not fragment packets", "ne pas fragmenter les paquets"],
  ["start from the first_ttl hop", "commencer à ce saut"],
  ["use ICMP ECHO for tracerouting", "utiliser des ECHO ICMP"],
  ["use TCP SYN for tracerouting", "utiliser des SYN TCP"],
  ["specify a network interface to operate with", "interface réseau à utiliser"],
  ["set the max number of hops", "nombre maximal de sauts"],
  ["number of probes to be tried simultaneously", "nombre de sondes envoyées en même temps"],
  ["do not resolve IP addresses to their domain names", "ne pas chercher les noms des adresses IP"],
  ["the destination port to use", "port de destination"],
  ["the number of probes per each hop", "nombre de sondes par saut"],
  ["wait for a probe", "temps d'attente d'une sonde"],
  ["use source src_addr", "adresse source"],
  ["use UDP to particular port", "utiliser UDP vers un port particulier"],
  ["show ICMP extensions", "montrer les extensions ICMP"],
];
