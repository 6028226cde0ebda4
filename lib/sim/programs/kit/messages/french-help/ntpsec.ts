// What the declarations of ntpsec say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNtpsecHelp: Catalogue = [
  ["keep the clock right by the Network Time Protocol", "garder l'horloge à l'heure par NTP"],
  ["The servers are in /etc/ntpsec/ntp.conf: lines that begin with pool, server or peer. Offsets below 0.128 seconds are slewed away, greater ones are stepped; one of more than 1000 seconds ends it, unless -g was given. ntpq -p shows how it goes.", "Les serveurs sont dans /etc/ntpsec/ntp.conf\u00a0: lignes qui commencent par pool, server ou peer. Un écart de moins de 0,128 seconde est résorbé peu à peu, un plus grand d'un saut\u00a0; au-delà de 1000 secondes, le démon s'arrête, sauf avec -g. ntpq -p montre où il en est."],
  ["read this configuration (/etc/ntpsec/ntp.conf)", "lire cette configuration (/etc/ntpsec/ntp.conf)"],
  ["the first correction may be great", "la première correction peut être grande"],
  ["run with a high priority", "tourner avec une haute priorité"],
  ["write the process's number into this file", "écrire le numéro du processus dans ce fichier"],
  ["run as this user", "tourner sous cet utilisateur"],
  ["shift the clock slowly up to 600 seconds", "déplacer lentement l'horloge jusqu'à 600 secondes"],
  ["log into this file", "journaliser dans ce fichier"],
  ["keep the drift here", "garder la dérive ici"],
  ["listen on this interface", "écouter sur cette interface"],
  ["ask ntpd how it is doing", "demander à ntpd où il en est"],
  ["Commands are peers (pe), associations (as), readvar (rv) with the number of an association, and quit. In the list of peers, * stands before the one that the clock follows, + before good ones, - before outliers, x before those that are wrong; reach is an octal register of the last eight questions.", "Les commandes sont peers (pe), associations (as), readvar (rv) avec le numéro d'une association, et quit. Dans la liste des pairs, * est devant celui que suit l'horloge, + devant les bons, - devant les écartés, x devant ceux qui ont tort\u00a0; reach est un registre octal des huit dernières questions."],
  ["show the list of peers", "montrer la liste des pairs"],
  ["carry out a command; may be given several times", "exécuter une commande\u00a0; peut être donné plusieurs fois"],
  ["show long names whole", "montrer les longs noms en entier"],
  ["ask over IPv4 only", "interroger en IPv4 seulement"],
];
