// What the declarations of ifupdown say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchIfupdownHelp: Catalogue = [
  ["bring a network interface up, take it down, or ask for its definition", "activer une interface réseau, la désactiver ou en demander la définition"],
  ["The names ifup, ifdown and ifquery are one program. Interfaces are defined in /etc/network/interfaces; a definition of another name is taken with IFACE=LOGICAL. What is up is noted in /run/network/ifstate, and what is up already is left alone without --force.", "Les noms ifup, ifdown et ifquery désignent un seul programme. Les interfaces sont définies dans /etc/network/interfaces\u00a0; une définition d'un autre nom se prend avec IFACE=LOGICAL. Ce qui est actif est noté dans /run/network/ifstate, et ce qui l'est déjà n'est pas touché sans --force."],
  ["Commands of the definition (pre-up, up, down, post-down) and the scripts of /etc/network/if-*.d find IFACE, LOGICAL, ADDRFAM, METHOD, MODE, PHASE, VERBOSITY and the options as IF_NAME in their environment.", "Les commandes de la définition (pre-up, up, down, post-down) et les scripts de /etc/network/if-*.d trouvent dans leur environnement IFACE, LOGICAL, ADDRFAM, METHOD, MODE, PHASE, VERBOSITY et les options sous la forme IF_NOM."],
  ["version and copyright", "version et droits d'auteur"],
  ["all interfaces of the class \"auto\"", "toutes les interfaces de la classe «\u00a0auto\u00a0»"],
  ["only interfaces of that class", "seulement les interfaces de cette classe"],
  ["the definitions are in FILE", "les définitions sont dans FICHIER"],
  ["the state is kept in DIR", "l'état est gardé dans RÉP"],
  ["not the interfaces that PATTERN matches", "sauf les interfaces qui correspondent au MOTIF"],
  ["show the commands, run none", "montrer les commandes, n'en lancer aucune"],
  ["show the commands that are run", "montrer les commandes lancées"],
  ["set an option as if the file did", "donner une option comme si le fichier le faisait"],
  ["run no mapping", "ne lancer aucune correspondance (mapping)"],
  ["run no script of /etc/network", "ne lancer aucun script de /etc/network"],
  ["nothing special for the loopback", "rien de particulier pour la boucle locale"],
  ["whatever the state is", "quel que soit l'état"],
  ["go on after what fails", "continuer après un échec"],
  ["ifquery: list the interfaces", "ifquery\u00a0: lister les interfaces"],
  ["ifquery: show what is up", "ifquery\u00a0: montrer ce qui est actif"],
  ["all interfaces are as asked", "toutes les interfaces sont comme demandé"],
  ["one of them is not", "l'une d'elles ne l'est pas"],
];
