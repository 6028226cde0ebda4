// What the declarations of x11-xserver-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11XserverUtilsHelp: Catalogue = [
  ["who may open windows on the X server", "qui peut ouvrir des fenêtres sur le serveur X"],
  ["Shows and changes which hosts and users may use the X server: xhost +NAME lets in, xhost -NAME keeps out, xhost + opens it to all. Cookies (xauth) are safer.", "Montre et change quels hôtes et utilisateurs peuvent se servir du serveur X\u00a0: xhost +NOM laisse entrer, xhost -NOM écarte, xhost + l'ouvre à tous. Les cookies (xauth) sont plus sûrs."],
  ["modify keymaps and pointer buttons in X", "modifier les touches et les boutons de la souris dans X"],
  ["size, orientation and reflection of screens", "taille, orientation et symétrie des écrans"],
  ["load and show the resources of X programs", "charger et montrer les ressources des programmes X"],
  ["settings of X: key repeat, bell, screen saver...", "réglages de X\u00a0: répétition, sonnerie, économiseur d'écran..."],
  ["color or pattern of the X root window", "couleur ou motif de la fenêtre racine de X"],
];
