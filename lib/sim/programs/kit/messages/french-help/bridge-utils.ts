// What the declarations of bridge-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchBridgeUtilsHelp: Catalogue = [
  ["ethernet bridge administration", "administrer des ponts Ethernet"],
  ["add bridge", "ajouter un pont"],
  ["delete bridge", "supprimer un pont"],
  ["make the interface a port of the bridge", "faire de l'interface un port du pont"],
  ["take the interface out of the bridge", "retirer l'interface du pont"],
  ["whether a frame may leave by the port it came from", "si une trame peut ressortir par le port d'entrée"],
  ["set ageing time", "régler la durée de vie des adresses"],
  ["set bridge priority", "régler la priorité du pont"],
  ["seconds of listening and learning before a port forwards", "secondes d'écoute et d'apprentissage avant qu'un port relaie"],
  ["set hello time", "régler la période des annonces"],
  ["seconds after which the root bridge counts as lost", "secondes après lesquelles le pont racine est tenu pour perdu"],
  ["set path cost", "régler le coût d'un chemin"],
  ["set port priority", "régler la priorité d'un port"],
  ["bridges with their ports", "les ponts et leurs ports"],
  ["hardware addresses learned at the ports", "adresses matérielles apprises sur les ports"],
  ["spanning tree: root, costs, states of the ports", "arbre couvrant\u00a0: racine, coûts, états des ports"],
  ["spanning tree protocol on or off", "activer ou désactiver le protocole d'arbre couvrant"],
];
