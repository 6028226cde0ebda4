// What the declarations of sensible-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchSensibleUtilsHelp: Catalogue = [
  ["choose the editor that sensible-editor starts", "choisir l'éditeur que lance sensible-editor"],
  ["sensibly choose a user's editor", "choisir raisonnablement l'éditeur d'un utilisateur"],
  ["sensibly choose a user's pager", "choisir raisonnablement l'afficheur d'un utilisateur"],
];
