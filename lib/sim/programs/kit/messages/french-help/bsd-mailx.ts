// What the declarations of bsd-mailx say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBsdMailxHelp: Catalogue = [
  ["send and receive mail", "envoyer et recevoir du courrier"],
  ["one more line in the head", "une ligne de plus dans l'en-tête"],
  ["blind copies", "copies cachées"],
  ["copies", "copies"],
  ["the sender", "l'expéditeur"],
  ["the subject", "le sujet"],
  ["no message without a body", "pas de message sans corps"],
  ["only tell by the status whether there is mail", "dire seulement par le code de sortie s'il y a du courrier"],
  ["read another file (mbox)", "lire un autre fichier (mbox)"],
  ["show the headers and end", "montrer les en-têtes et finir"],
  ["no headers at the start", "pas d'en-têtes au début"],
  ["this user's mailbox", "la boîte aux lettres de cet utilisateur"],
  ["interactive even when the input is no terminal", "interactif même si l'entrée n'est pas un terminal"],
  ["leave interrupts aside", "ne pas tenir compte des interruptions"],
  ["do not read /etc/mail.rc", "ne pas lire /etc/mail.rc"],
];
