// What the declarations of netcat-openbsd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNetcatOpenbsdHelp: Catalogue = [
  ["arbitrary TCP and UDP connections and listens", "ouvrir et écouter des connexions TCP et UDP"],
  ["use IPv4 addresses only", "utiliser seulement des adresses IPv4"],
  ["use IPv6 addresses only", "utiliser seulement des adresses IPv6"],
  ["send CRLF as line ending", "finir les lignes par CRLF"],
  ["do not attempt to read from stdin", "ne pas lire l'entrée standard"],
  ["keep inbound sockets open for multiple connects", "garder l'écoute pour plusieurs connexions"],
  ["listen mode, for inbound connects", "mode écoute, pour les connexions entrantes"],
  ["shutdown the network socket after EOF on stdin", "fermer la connexion à la fin de l'entrée standard"],
  ["suppress name/port resolutions", "ne pas chercher les noms ni les ports"],
  ["specify local port for remote connects", "port local des connexions"],
  ["quit after EOF on stdin and delay of secs", "quitter après la fin de l'entrée standard et ce nombre de secondes"],
  ["local source address", "adresse source locale"],
  ["use UNIX domain socket", "utiliser un socket du domaine Unix"],
  ["UDP mode", "mode UDP"],
  ["timeout for connects and final net reads", "délai de connexion et de dernière lecture"],
  ["zero-I/O mode, used for scanning", "mode sans données, pour sonder"],
  ["this help text", "cette aide"],
  ["randomize remote ports", "prendre au hasard les ports distants"],
  ["allow broadcast", "permettre la diffusion (broadcast)"],
  ["enable the debug socket option", "activer l'option de débogage du socket"],
  ["answer TELNET negotiation", "répondre à la négociation TELNET"],
];
