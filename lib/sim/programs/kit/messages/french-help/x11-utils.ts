// What the declarations of x11-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11UtilsHelp: Catalogue = [
  ["tell what an X display can do", "dire ce que peut un affichage X"],
  ["print the X events that a window gets", "afficher les événements X que reçoit une fenêtre"],
  ["close the X client that a window belongs to", "fermer le client X à qui appartient une fenêtre"],
  ["list the X clients of a display", "lister les clients X d'un affichage"],
  ["list the fonts of an X server", "lister les polices d'un serveur X"],
  ["property displayer for X", "afficher les propriétés de fenêtres X"],
  ["tell size, place and kind of an X window", "dire la taille, la place et le genre d'une fenêtre X"],
];
