// What the declarations of ethtool say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchEthtoolHelp: Catalogue = [
  ["show or change the settings of a network card and its driver", "montrer ou changer les réglages d'une carte réseau et de son pilote"],
  ["show driver information", "montrer les informations du pilote"],
  ["show the driver's statistics", "montrer les statistiques du pilote"],
  ["show the permanent hardware address", "montrer l'adresse matérielle permanente"],
  ["show offload features", "montrer ce que fait la carte"],
  ["show pause options", "montrer les options de pause"],
  ["show ring sizes", "montrer les tailles des anneaux"],
  ["change settings", "changer des réglages"],
  ["speed and duplex of simulated cards are fixed", "la vitesse et le duplex des cartes simulées sont fixes"],
  ["change offload features", "changer ce que fait la carte"],
  ["offload makes no difference on simulated links", "cela ne change rien sur des liens simulés"],
  ["blink the port's light", "faire clignoter le voyant du port"],
  ["simulated cards have none", "les cartes simulées n'en ont pas"],
  ["run the card's self test", "lancer l'autotest de la carte"],
];
