// What the declarations of openssh-server say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchOpensshServerHelp: Catalogue = [
  ["OpenSSH daemon", "démon d'OpenSSH"],
  ["IPv4 addresses only", "adresses IPv4 seulement"],
  ["IPv6 addresses only", "adresses IPv6 seulement"],
  ["stay in the foreground and say more", "rester au premier plan et en dire plus"],
  ["log to standard error", "journaliser sur la sortie d'erreur"],
  ["serve the connection on standard input", "servir la connexion de l'entrée standard"],
  ["log nothing", "ne rien journaliser"],
  ["print the configuration that counts", "afficher la configuration qui compte"],
  ["test the configuration and the keys", "vérifier la configuration et les clés"],
  ["for -T: user=, host=, addr=, laddr=, lport=, rdomain=", "pour -T\u00a0: user=, host=, addr=, laddr=, lport=, rdomain="],
  ["certificate of the host", "certificat de l'hôte"],
  ["log to this file", "journaliser dans ce fichier"],
  ["configuration instead of /etc/ssh/sshd_config", "configuration au lieu de /etc/ssh/sshd_config"],
  ["time to log in", "temps pour se connecter"],
  ["a key of the host", "une clé de l'hôte"],
  ["a line of the configuration", "une ligne de la configuration"],
  ["port to listen on", "port d'écoute"],
  ["longest host name that utmp gets", "nom d'hôte le plus long que reçoit utmp"],
];
