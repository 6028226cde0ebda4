// What the declarations of xinit say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchXinitHelp: Catalogue = [
  ["X Window System initializer", "démarrer le système X Window"],
  ["startx starts the X server and the person's session (~/.xinitrc, else /etc/X11/Xsession). This machine has no screen, and no server is simulated.", "startx démarre le serveur X et la session de la personne (~/.xinitrc, sinon /etc/X11/Xsession). Cette machine n'a pas d'écran, et aucun serveur n'est simulé."],
];
