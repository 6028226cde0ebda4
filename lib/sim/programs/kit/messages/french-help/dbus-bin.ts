// What the declarations of dbus-bin say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchDbusBinHelp: Catalogue = [
  ["make and show D-Bus's machine identifier", "faire et montrer l'identifiant de machine de D-Bus"],
  ["make the file when it is missing", "faire le fichier s'il manque"],
  ["show the identifier of the file", "montrer l'identifiant du fichier"],
];
