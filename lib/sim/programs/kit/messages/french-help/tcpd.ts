// What the declarations of tcpd say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchTcpdHelp: Catalogue = [
  ["let only hosts that /etc/hosts.allow and hosts.deny permit reach a service", "ne laisser accéder à un service que les hôtes qu'admettent /etc/hosts.allow et hosts.deny"],
  ["Named in /etc/inetd.conf where the service's program would stand, with that program as its first argument. The first line of /etc/hosts.allow that fits lets the client in, then the first of /etc/hosts.deny keeps it out; without one it may come in.", "Nommé dans /etc/inetd.conf à la place du programme du service, avec ce programme comme premier argument. La première ligne de /etc/hosts.allow qui convient laisse entrer le client, puis la première de /etc/hosts.deny l'écarte\u00a0; sans aucune, il peut entrer."],
  ["tcp wrapper configuration checker", "vérifier la configuration des TCP wrappers"],
  ["report rules of hosts.allow that do not end in ALLOW", "signaler les règles de hosts.allow qui ne finissent pas par ALLOW"],
  ["use hosts.allow and hosts.deny of the current directory", "utiliser hosts.allow et hosts.deny du répertoire courant"],
  ["where the configuration of inetd is", "où est la configuration d'inetd"],
  ["list all rules", "lister toutes les règles"],
  ["tcp wrapper oracle", "prédire la décision des TCP wrappers"],
];
