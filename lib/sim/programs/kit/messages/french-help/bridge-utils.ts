// What the declarations of bridge-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBridgeUtilsHelp: Catalogue = [
  ["ethernet bridge administration", "administrer des ponts Ethernet"],
  ["add bridge", "ajouter un pont"],
  ["delete bridge", "supprimer un pont"],
  ["add interface to bridge", "ajouter une interface à un pont"],
  ["delete interface from bridge", "retirer une interface d'un pont"],
  ["turn hairpin on/off", "activer ou désactiver le retour (hairpin)"],
  ["set ageing time", "régler la durée de vie des adresses"],
  ["set bridge priority", "régler la priorité du pont"],
  ["set bridge forward delay", "régler le délai de transmission du pont"],
  ["set hello time", "régler la période des annonces"],
  ["set max message age", "régler l'âge maximal des messages"],
  ["set path cost", "régler le coût d'un chemin"],
  ["set port priority", "régler la priorité d'un port"],
  ["show a list of bridges", "montrer la liste des ponts"],
  ["show a list of mac addrs", "montrer la liste des adresses MAC"],
  ["show bridge stp info", "montrer les informations STP d'un pont"],
  ["turn stp on/off", "activer ou désactiver STP"],
];
