// What the declarations of lsof say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLsofHelp: Catalogue = [
  ["list open files", "lister les fichiers ouverts"],
  ["AND the selections", "combiner les sélections par «\u00a0et\u00a0»"],
  ["commands that begin with c", "commandes qui commencent par c"],
  ["these descriptors", "ces descripteurs"],
  ["Internet sockets", "sockets Internet"],
  ["processes", "processus"],
  ["users", "utilisateurs"],
  ["process numbers only", "seulement les numéros de processus"],
  ["no host names", "pas de noms d'hôtes"],
  ["no port names", "pas de noms de ports"],
  ["user numbers", "numéros d'utilisateurs"],
  ["Unix sockets", "sockets Unix"],
  ["parents", "parents"],
  ["output for programs", "sortie pour des programmes"],
  ["files below a directory", "fichiers sous un répertoire"],
  ["files in a directory", "fichiers d'un répertoire"],
  ["files without a name", "fichiers sans nom"],
];
