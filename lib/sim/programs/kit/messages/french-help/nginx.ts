// What the declarations of nginx say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNginxHelp: Catalogue = [
  ["web server and reverse proxy", "serveur web et mandataire inverse"],
  ["only read the configuration and report errors", "seulement lire la configuration et signaler les erreurs"],
  ["with -t, nothing but errors", "avec -t, rien que les erreurs"],
  ["show the version and how nginx was built", "montrer la version et comment nginx a été compilé"],
  ["as -t, and print the whole configuration", "comme -t, et afficher toute la configuration"],
  ["tell the running nginx: stop, quit, reopen or reload", "dire au nginx en marche\u00a0: stop, quit, reopen ou reload"],
  ["directives to read before the file", "directives à lire avant le fichier"],
];
