// What the declarations of openbsd-inetd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchOpenbsdInetdHelp: Catalogue = [
  ["internet super-server", "super-serveur d'Internet"],
  ["Each line of /etc/inetd.conf names a service (of /etc/services), its kind of socket, its protocol, wait or nowait, the user, the program (or internal) and its arguments. SIGHUP reads it again.", "Chaque ligne de /etc/inetd.conf nomme un service (de /etc/services), son genre de socket, son protocole, wait ou nowait, l'utilisateur, le programme (ou internal) et ses arguments. SIGHUP la fait relire."],
  ["stay in the foreground, for debugging", "rester au premier plan, pour le débogage"],
  ["log every connection and check it against /etc/hosts.allow and /etc/hosts.deny", "journaliser chaque connexion et la soumettre à /etc/hosts.allow et /etc/hosts.deny"],
  ["connections that may wait", "connexions qui peuvent attendre"],
  ["most starts of a service in a minute (256)", "nombre maximal de lancements d'un service par minute (256)"],
];
