// What the declarations of xinetd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXinetdHelp: Catalogue = [
  ["daemon that starts network services when someone connects", "démon qui lance des services réseau quand on s'y connecte"],
  ["A service is a block in a file of /etc/xinetd.d: service NAME { socket_type, protocol, wait, user, server, server_args, disable }. only_from and no_access say who may come, access_times when, instances how many at once. SIGHUP reads everything again.", "Un service est un bloc dans un fichier de /etc/xinetd.d\u00a0: service NOM { socket_type, protocol, wait, user, server, server_args, disable }. only_from et no_access disent qui peut venir, access_times quand, instances combien à la fois. SIGHUP fait tout relire."],
  ["tell what happens", "dire ce qui se passe ici"],
  ["another file than /etc/xinetd.conf", "un autre fichier que /etc/xinetd.conf"],
  ["write the process's number there", "y écrire le numéro du processus"],
  ["go on without services", "continuer sans services"],
  ["log there", "y journaliser"],
  ["facility of syslog", "service de syslog"],
  ["read /etc/inetd.conf too", "lire aussi /etc/inetd.conf"],
  ["those on IPv6", "ceux-ci en IPv6"],
];
