// What the declarations of x11-apps say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11AppsHelp: Catalogue = [
  ["analog and digital clock for X", "horloge analogique et numérique pour X"],
  ["This machine has no screen and no X server: the program ends with the message that it gives without one. Over ssh -X, DISPLAY would name the server of the person's own screen.", "Cette machine n'a ni écran ni serveur X\u00a0: le programme finit par le message qu'il donne sans eux. Par ssh -X, DISPLAY désignerait le serveur de l'écran de la personne."],
  ["the X server to connect to, instead of DISPLAY", "le serveur X auquel se connecter, au lieu de DISPLAY"],
  ["two eyes that look at the mouse", "deux yeux qui regardent la souris"],
];
