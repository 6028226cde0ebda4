// What the declarations of libcap2-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLibcap2BinHelp: Catalogue = [
  ["capability shell wrapper", "enveloppe de shell pour les capacités"],
  ["show state", "montrer l'état"],
  ["names of a mask", "noms d'un masque"],
  ["drop from the bounding set", "retirer de l'ensemble des capacités permises"],
  ["set capabilities", "fixer les capacités"],
  ["become that user", "devenir cet utilisateur"],
  ["run a shell with the rest", "lancer un shell avec le reste"],
  ["examine file capabilities", "examiner les capacités de fichiers"],
  ["recursively", "récursivement"],
  ["files without capabilities too", "aussi les fichiers sans capacités"],
  ["the root id of a namespace too", "aussi l'identifiant de root d'un espace de noms"],
  ["display process capabilities", "afficher les capacités de processus"],
  ["set file capabilities", "fixer les capacités de fichiers"],
  ["quietly", "en se taisant"],
  ["validate", "vérifier"],
];
