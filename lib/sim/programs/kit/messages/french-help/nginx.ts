// What the declarations of nginx say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNginxHelp: Catalogue = [
  ["HTTP and reverse proxy server", "serveur HTTP et mandataire inverse"],
  ["test configuration and exit", "vérifier la configuration et quitter"],
  ["suppress non-error messages during configuration testing", "taire ce qui n'est pas une erreur pendant la vérification"],
  ["show version and exit", "montrer la version puis quitter"],
  ["show version and configure options then exit", "montrer la version et les options de compilation puis quitter"],
  ["test configuration, dump it and exit", "vérifier la configuration, l'afficher et quitter"],
  ["send signal to a master process: stop, quit, reopen, reload", "envoyer un signal au processus maître\u00a0: stop, quit, reopen, reload"],
  ["set configuration file", "fichier de configuration"],
  ["set global directives out of configuration file", "directives globales hors du fichier de configuration"],
];
