// What the declarations of time say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchTimeHelp: Catalogue = [
  ["run programs and summarize system resource usage", "lancer des programmes et résumer les ressources utilisées"],
  ["with -o FILE, append instead of overwriting", "avec -o FICHIER, ajouter au lieu d'écraser"],
  ["use the specified FORMAT instead of the default", "utiliser le FORMAT indiqué au lieu de celui par défaut"],
  ["write to FILE instead of STDERR", "écrire dans FICHIER au lieu de la sortie d'erreur"],
  ["print POSIX standard output", "afficher au format de POSIX"],
  ["do not print information about abnormal program termination", "ne rien dire de la fin anormale du programme"],
  ["print all resource usage information", "afficher toutes les ressources utilisées"],
];
