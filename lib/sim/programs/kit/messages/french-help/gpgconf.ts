// What the declarations of gpgconf say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGpgconfHelp: Catalogue = [
  ["talk to the agent of GnuPG, command by command", "parler à l'agent de GnuPG, commande par commande"],
  ["data in hexadecimal", "données en hexadécimal"],
  ["modify .gnupg home directories", "modifier les répertoires .gnupg"],
  ["list all components", "lister tous les composants"],
  ["list directories", "lister les répertoires"],
  ["end a component", "finir un composant"],
  ["reload a component", "recharger un composant"],
  ["start a component", "démarrer un composant"],
  ["make the directory of sockets", "faire le répertoire des sockets"],
];
