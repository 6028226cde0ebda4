// What the declarations of netcat-openbsd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNetcatOpenbsdHelp: Catalogue = [
  ["connect to a port or listen on one, by TCP, UDP or a Unix socket", "se connecter à un port ou y écouter, en TCP, UDP ou socket Unix"],
  ["IPv4 and nothing else", "IPv4 et rien d'autre"],
  ["IPv6 and nothing else", "IPv6 et rien d'autre"],
  ["a carriage return before every line feed sent", "un retour chariot avant chaque saut de ligne envoyé"],
  ["do not read standard input", "ne pas lire l'entrée standard"],
  ["listen on after a connection has ended", "continuer d'écouter après la fin d'une connexion"],
  ["wait for a connection", "attendre une connexion"],
  ["tell the other side when standard input ends", "signaler à l'autre côté la fin de l'entrée standard"],
  ["addresses and ports as numbers, without DNS", "adresses et ports en chiffres, sans DNS"],
  ["the port on this side", "le port de ce côté-ci"],
  ["go on for secs after the end of standard input", "continuer pendant ce nombre de secondes après la fin de l'entrée standard"],
  ["local source address", "adresse source locale"],
  ["a Unix socket, whose path is the operand", "un socket Unix, dont le chemin est l'opérande"],
  ["UDP mode", "mode UDP"],
  ["give up when nothing connects or arrives for secs", "renoncer quand rien ne se connecte ni n'arrive pendant ce nombre de secondes"],
  ["only try whether ports are open", "seulement voir si des ports sont ouverts"],
  ["this help text", "cette aide"],
  ["randomize remote ports", "prendre au hasard les ports distants"],
  ["allow broadcast", "permettre la diffusion (broadcast)"],
  ["switch on SO_DEBUG of the socket", "activer SO_DEBUG du socket"],
  ["answer TELNET negotiation", "répondre à la négociation TELNET"],
];
