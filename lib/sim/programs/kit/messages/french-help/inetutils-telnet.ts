// What the declarations of inetutils-telnet say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchInetutilsTelnetHelp: Catalogue = [
  ["talk to another host over TCP", "parler à un autre hôte par TCP"],
  ["Without a host it begins in command mode. In a session the escape character, ^] unless -e says otherwise, leads there: close, open, quit, send, set, status, toggle, z, !, ?.", "Sans hôte, commence en mode commande. Dans une session, le caractère d'échappement, ^] sauf si -e en dit un autre, y mène\u00a0: close, open, quit, send, set, status, toggle, z,\u00a0!,\u00a0?."],
  ["eight bits both ways", "huit bits dans les deux sens"],
  ["try to log in by itself", "essayer de se connecter tout seul"],
  ["the local address", "l'adresse locale"],
  ["leave ~/.telnetrc alone", "ne pas toucher à ~/.telnetrc"],
  ["debug the socket", "déboguer le socket"],
  ["the escape character", "le caractère d'échappement"],
  ["no escape character", "pas de caractère d'échappement"],
  ["do not log in by itself", "ne pas se connecter tout seul"],
  ["log in as USER", "se connecter comme UTILISATEUR"],
  ["eight bits on the way out", "huit bits en sortie"],
  ["write what happens to FILE", "écrire dans FICHIER ce qui se passe"],
  ["escape as rlogin does", "échapper comme le fait rlogin"],
  ["encrypt", "chiffrer"],
  ["nothing here speaks Kerberos", "rien ici ne parle Kerberos"],
  ["tickets of another realm", "tickets d'un autre domaine"],
  ["not this kind of authentication", "pas ce genre d'authentification"],
];
