// What the declarations of rename say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchRenameHelp: Catalogue = [
  ["renames multiple files", "renommer plusieurs fichiers"],
  ["print names of files renamed", "afficher les noms des fichiers renommés"],
  ["names from standard input end with NUL", "les noms de l'entrée standard finissent par NUL"],
  ["print what would be renamed", "afficher ce qui serait renommé"],
  ["overwrite existing files", "écraser les fichiers existants"],
  ["change the last component only", "ne changer que la dernière composante"],
  ["an expression", "une expression"],
];
