// What the declarations of sensible-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSensibleUtilsHelp: Catalogue = [
  ["select the default sensible-editor from all installed editors", "choisir l'éditeur par défaut parmi ceux installés"],
  ["sensibly choose a user's editor", "choisir raisonnablement l'éditeur d'un utilisateur"],
  ["sensibly choose a user's pager", "choisir raisonnablement l'afficheur d'un utilisateur"],
];
