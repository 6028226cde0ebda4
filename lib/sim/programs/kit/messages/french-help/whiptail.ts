// What the declarations of whiptail say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchWhiptailHelp: Catalogue = [
  ["show dialog boxes from shell scripts", "montrer des boîtes de dialogue depuis des scripts"],
  ["TEXT HEIGHT WIDTH: a message", "TEXTE HAUTEUR LARGEUR\u00a0: un message"],
  ["TEXT HEIGHT WIDTH: a question", "TEXTE HAUTEUR LARGEUR\u00a0: une question"],
  ["TEXT HEIGHT WIDTH: a message without waiting", "TEXTE HAUTEUR LARGEUR\u00a0: un message sans attendre"],
  ["TEXT HEIGHT WIDTH [INIT]: a line to fill in", "TEXTE HAUTEUR LARGEUR [DÉBUT]\u00a0: une ligne à remplir"],
  ["TEXT HEIGHT WIDTH [INIT]: the same, not shown", "TEXTE HAUTEUR LARGEUR [DÉBUT]\u00a0: de même, sans la montrer"],
  ["FILE HEIGHT WIDTH: a file", "FICHIER HAUTEUR LARGEUR\u00a0: un fichier"],
  ["TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM]...: one of many", "TEXTE HAUTEUR LARGEUR LIGNES [MARQUE ÉLÉMENT]...\u00a0: un parmi plusieurs"],
  ["TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM STATUS]...: some of many", "TEXTE HAUTEUR LARGEUR LIGNES [MARQUE ÉLÉMENT ÉTAT]...\u00a0: certains parmi plusieurs"],
  ["TEXT HEIGHT WIDTH LISTHEIGHT [TAG ITEM STATUS]...: one of many, marked", "TEXTE HAUTEUR LARGEUR LIGNES [MARQUE ÉLÉMENT ÉTAT]...\u00a0: un parmi plusieurs, marqué"],
  ["TEXT HEIGHT WIDTH PERCENT: how far it is, read from standard input", "TEXTE HAUTEUR LARGEUR POURCENT\u00a0: l'avancement, lu sur l'entrée standard"],
  ["the window's title", "le titre de la fenêtre"],
  ["the screen's title", "le titre de l'écran"],
  ["what is chosen at first", "ce qui est choisi d'abord"],
  ["No is chosen at first", "«\u00a0Non\u00a0» est choisi d'abord"],
  ["another label of a button", "une autre étiquette d'un bouton"],
  ["no Cancel button", "pas de bouton «\u00a0Annuler\u00a0»"],
  ["only tags", "seulement les marques"],
  ["only items", "seulement les éléments"],
  ["one tag a line, without quotes", "une marque par ligne, sans guillemets"],
  ["where the answer goes", "où va la réponse"],
  ["the text may be longer than the window", "le texte peut être plus long que la fenêtre"],
  ["accepted", "option acceptée"],
];
