// What the declarations of lshw say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLshwHelp: Catalogue = [
  ["list hardware", "lister le matériel"],
  ["output hardware paths", "afficher les chemins du matériel"],
  ["output bus information", "afficher les informations de bus"],
  ["just hardware of this class", "seulement le matériel de cette classe"],
  ["sanitize output", "masquer ce qui est sensible"],
  ["output numeric IDs", "afficher les identifiants numériques"],
  ["don't display status", "ne pas afficher l'avancement"],
];
