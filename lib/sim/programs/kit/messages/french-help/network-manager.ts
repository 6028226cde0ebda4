// What the declarations of network-manager say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNetworkManagerHelp: Catalogue = [
  ["the daemon that manages network devices", "le démon qui gère les périphériques réseau"],
  ["what is logged", "ce qui est journalisé"],
  ["show and change network connections of NetworkManager", "montrer et changer les connexions réseau de NetworkManager"],
  ["Words may be shortened (nmcli c s). Profiles are kept in /etc/NetworkManager/system-connections; interfaces that /etc/network/interfaces names stay unmanaged unless NetworkManager.conf says managed=true for ifupdown.", "Les mots peuvent être abrégés (nmcli c s). Les profils sont gardés dans /etc/NetworkManager/system-connections\u00a0; les interfaces que nomme /etc/network/interfaces restent non gérées, sauf si NetworkManager.conf dit managed=true pour ifupdown."],
  ["ask for what is missing", "demander ce qui manque"],
  ["whether to use colours", "s'il faut utiliser des couleurs"],
  ["mark separators in values", "marquer les séparateurs dans les valeurs"],
  ["what to show", "ce qui est montré"],
  ["only the values", "seulement les valeurs"],
  ["show this", "montrer ceci"],
  ["the layout", "la disposition"],
  ["only what was set", "seulement ce qui a été réglé"],
  ["for reading", "pour la lecture"],
  ["show passwords too", "montrer aussi les mots de passe"],
  ["how long to wait", "combien de temps attendre"],
  ["it worked", "cela a marché"],
  ["the words were wrong", "les mots étaient incorrects"],
  ["an activation failed", "une activation a échoué"],
  ["NetworkManager is not running", "NetworkManager ne fonctionne pas"],
  ["there is no such connection, device or access point", "il n'y a pas de telle connexion, de tel périphérique ou point d'accès"],
];
