// What the declarations of socat say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSocatHelp: Catalogue = [
  ["multipurpose relay (SOcket CAT)", "relais à tout faire (SOcket CAT)"],
  ["Addresses: - (STDIO), STDIN, STDOUT, FD:N, OPEN:FILE, CREATE:FILE, PIPE[:FILE], EXEC:COMMAND, SYSTEM:SHELL-COMMAND, TCP:HOST:PORT, TCP-LISTEN:PORT, UDP:HOST:PORT, UDP-RECV:PORT, UNIX-CONNECT:PATH, UNIX-LISTEN:PATH, PTY. Options follow behind commas: fork, reuseaddr, bind=, creat, append, trunc, mode=, link=, raw, echo=0, pty, stderr, unlink-early, connect-timeout=.", "Adresses\u00a0: - (STDIO), STDIN, STDOUT, FD:N, OPEN:FICHIER, CREATE:FICHIER, PIPE[:FICHIER], EXEC:COMMANDE, SYSTEM:COMMANDE-DU-SHELL, TCP:HÔTE:PORT, TCP-LISTEN:PORT, UDP:HÔTE:PORT, UDP-RECV:PORT, UNIX-CONNECT:CHEMIN, UNIX-LISTEN:CHEMIN, PTY. Des options suivent après des virgules\u00a0: fork, reuseaddr, bind=, creat, append, trunc, mode=, link=, raw, echo=0, pty, stderr, unlink-early, connect-timeout=."],
  ["say more, up to four times", "en dire plus, jusqu'à quatre fois"],
  ["data goes only from the first address to the second", "les données ne vont que de la première adresse à la seconde"],
  ["only from the second to the first", "seulement de la seconde à la première"],
  ["show what passes", "montrer ce qui passe"],
  ["show what passes in hexadecimal", "montrer ce qui passe en hexadécimal"],
  ["go on after errors", "continuer après des erreurs"],
  ["wait for the other side after an end (0.5)", "attendre l'autre côté après une fin (0.5)"],
  ["end after so much silence", "finir après un tel silence"],
  ["size of the buffer", "taille du tampon de copie"],
  ["log into FILE", "journaliser dans FICHIER"],
  ["log to syslog", "journaliser dans syslog"],
  ["microseconds in the log", "des microsecondes dans le journal"],
  ["this name in the log", "ce nom dans le journal"],
];
