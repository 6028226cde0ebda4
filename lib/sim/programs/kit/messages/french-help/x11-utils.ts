// What the declarations of x11-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11UtilsHelp: Catalogue = [
  ["display information utility for X", "afficher des informations sur un serveur X"],
  ["print contents of X events", "afficher le contenu d'événements X"],
  ["kill a client by its X resource", "tuer un client par sa ressource X"],
  ["list client applications running on a display", "lister les applications clientes d'un serveur X"],
  ["server font list displayer for X", "lister les polices d'un serveur X"],
  ["property displayer for X", "afficher les propriétés de fenêtres X"],
  ["window information utility for X", "afficher des informations sur une fenêtre X"],
];
