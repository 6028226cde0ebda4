// What the declarations of iputils-ping say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchIputilsPingHelp: Catalogue = [
  ["ask hosts of the network for an echo (ICMP)", "demander un écho à des hôtes du réseau (ICMP)"],
  ["use IPv4", "utiliser IPv4"],
  ["use IPv6", "utiliser IPv6"],
  ["use audible ping", "sonner à chaque réponse"],
  ["use adaptive ping", "s'adapter au temps de réponse"],
  ["allow pinging broadcast", "permettre la diffusion"],
  ["no more than <count> requests", "pas plus de <nombre> requêtes"],
  ["print timestamps", "afficher l'horodatage"],
  ["flood ping", "envoyer sans relâche"],
  ["seconds from one packet to the next", "secondes d'un paquet au suivant"],
  ["send from this interface or address", "envoyer de cette interface ou adresse"],
  ["so many packets go out at once before the first answer", "envoyer d'un coup ce nombre de paquets avant la première réponse"],
  ["define path MTU discovery", "découverte du MTU du chemin"],
  ["addresses, without asking DNS for names", "des adresses, sans demander de noms au DNS"],
  ["report outstanding replies", "signaler les réponses qui manquent"],
  ["bytes that fill the packet, in hexadecimal", "octets qui remplissent le paquet, en hexadécimal"],
  ["quiet output", "sortie brève"],
  ["bypass routing", "passer outre le routage"],
  ["bytes of data in every packet (56)", "octets de données de chaque paquet (56)"],
  ["hops that a packet may make (TTL)", "nombre de sauts permis à un paquet (TTL)"],
  ["measure the whole delay from program to program, not the network's alone", "mesurer le délai entier de programme à programme, non celui du seul réseau"],
  ["end after so many seconds, with or without answers", "finir après ce nombre de secondes, avec ou sans réponses"],
  ["seconds to wait for an answer", "secondes à attendre une réponse"],
];
