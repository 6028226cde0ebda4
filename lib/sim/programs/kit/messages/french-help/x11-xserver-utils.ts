// What the declarations of x11-xserver-utils say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchX11XserverUtilsHelp: Catalogue = [
  ["server access control program for X", "contrôler l'accès au serveur X"],
  ["Shows and changes which hosts and users may use the X server: xhost +NAME lets in, xhost -NAME keeps out, xhost + opens it to all. Cookies (xauth) are safer.", "Montre et change quels hôtes et utilisateurs peuvent se servir du serveur X\u00a0: xhost +NOM laisse entrer, xhost -NOM écarte, xhost + l'ouvre à tous. Les cookies (xauth) sont plus sûrs."],
  ["modify keymaps and pointer buttons in X", "modifier les touches et les boutons de la souris dans X"],
  ["size, orientation and reflection of screens", "taille, orientation et symétrie des écrans"],
  ["X server resource database utility", "gérer la base de ressources du serveur X"],
  ["user preference utility for X", "régler les préférences de l'utilisateur pour X"],
  ["root window parameter setting utility for X", "régler les paramètres de la fenêtre racine de X"],
];
