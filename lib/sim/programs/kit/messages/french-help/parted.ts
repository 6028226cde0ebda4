// What the declarations of parted say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchPartedHelp: Catalogue = [
  ["manipulate partition tables", "manipuler des tables de partitions"],
  ["lists partition layout on all block devices", "lister les partitions de tous les périphériques blocs"],
  ["displays machine parseable output", "sortie à lire par un programme"],
  ["never prompts for user intervention", "ne jamais interroger l'utilisateur"],
  ["in script mode, fix instead of abort when asked", "en mode script, réparer au lieu d'abandonner"],
  ["alignment for new partitions", "alignement des nouvelles partitions"],
  ["displays the version", "affiche la version"],
  ["inform the OS of partition table changes", "informer le système des changements de tables de partitions"],
  ["do not actually inform the operating system", "ne pas informer vraiment le système"],
  ["print a summary of contents", "afficher un résumé du contenu"],
  ["displays JSON output", "affiche du JSON"],
];
