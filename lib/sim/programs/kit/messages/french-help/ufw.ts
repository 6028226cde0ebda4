// What the declarations of ufw say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchUfwHelp: Catalogue = [
  ["the uncomplicated firewall", "le pare-feu sans complications"],
  ["Keeps rules in files of /etc/ufw and puts them into the kernel by iptables, at once when the firewall is active and at boot (ufw.service). A fresh one lets everything out and nothing in.", "Garde des règles dans des fichiers de /etc/ufw et les met dans le noyau par iptables, aussitôt si le pare-feu est actif et au démarrage (ufw.service). Un nouveau laisse tout sortir et rien entrer."],
  ["A rule is allow, deny, reject or limit with a port (22/tcp), a service (ssh), a profile (\"WWW Full\"), or in full: [in|out [on INTERFACE]] [log] from ADDRESS [port PORT] to ADDRESS [port PORT] [proto PROTOCOL] [comment TEXT].", "Une règle est allow, deny, reject ou limit avec un port (22/tcp), un service (ssh), un profil («\u00a0WWW Full\u00a0»), ou en entier\u00a0: [in|out [on INTERFACE]] [log] from ADRESSE [port PORT] to ADRESSE [port PORT] [proto PROTOCOLE] [comment TEXTE]."],
  ["show the rules, change nothing", "montrer les règles sans rien changer"],
  ["put the rules of ufw into the kernel, or take them out", "mettre les règles d'ufw dans le noyau, ou les en retirer"],
];
