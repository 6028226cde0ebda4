// What the declarations of parted say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchPartedHelp: Catalogue = [
  ["make, change and list partitions of a disk", "créer, changer et lister les partitions d'un disque"],
  ["show the partition tables of all disks", "montrer les tables de partitions de tous les disques"],
  ["output for programs, fields between colons", "sortie pour les programmes, champs séparés par des deux-points"],
  ["ask nothing (for scripts)", "ne rien demander (pour les scripts)"],
  ["with -s, answer Fix where that is a choice", "avec -s, répondre Fix quand ce choix est proposé"],
  ["how new partitions are aligned: none, cylinder, minimal, optimal", "alignement des nouvelles partitions\u00a0: none, cylinder, minimal, optimal"],
  ["displays the version", "affiche la version"],
  ["have the kernel read the partition table again", "faire relire au noyau la table de partitions"],
  ["tell the kernel nothing", "ne rien dire au noyau"],
  ["show what partitions there are", "montrer les partitions présentes"],
  ["output in JSON", "sortie en JSON"],
  ["answers come from standard input, whatever it is", "les réponses viennent de l'entrée standard, quelle qu'elle soit"],
];
