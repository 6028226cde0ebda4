// What the declarations of traceroute say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchTracerouteHelp: Catalogue = [
  ["show the routers on the way to a host of the network", "montrer les routeurs sur le chemin d'un hôte du réseau"],
  ["switch on SO_DEBUG of the sockets", "activer SO_DEBUG des sockets"],
  ["packets that may not be split", "des paquets qui ne peuvent être fragmentés"],
  ["start from the first_ttl hop", "commencer à ce saut"],
  ["send ICMP echo requests", "envoyer des demandes d'écho ICMP"],
  ["send TCP packets that open a connection (SYN)", "envoyer des paquets TCP d'ouverture (SYN)"],
  ["the interface that packets leave by", "l'interface par où partent les paquets"],
  ["stop at so many hops (30)", "s'arrêter à ce nombre de sauts (30)"],
  ["packets on the way at the same time (16)", "paquets en route en même temps (16)"],
  ["addresses only, without names from DNS", "des adresses seules, sans noms du DNS"],
  ["port that packets are sent to", "port auquel les paquets sont envoyés"],
  ["packets for every hop (3)", "paquets pour chaque saut (3)"],
  ["wait for a probe", "temps d'attente d'une sonde"],
  ["use source src_addr", "adresse source"],
  ["send UDP packets, all to one port (53)", "envoyer des paquets UDP, tous au même port (53)"],
  ["show ICMP extensions", "montrer les extensions ICMP"],
];
