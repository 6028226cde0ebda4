// What the declarations of apache2 say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchApache2Help: Catalogue = [
  ["disable an apache2 configuration file", "désactiver un fichier de configuration d'apache2"],
  ["disable an apache2 module", "désactiver un module d'apache2"],
  ["disable an apache2 site / virtual host", "désactiver un site ou hôte virtuel d'apache2"],
  ["enable an apache2 configuration file", "activer un fichier de configuration d'apache2"],
  ["enable an apache2 module", "activer un module d'apache2"],
  ["enable an apache2 site / virtual host", "activer un site ou hôte virtuel d'apache2"],
  ["Apache Hypertext Transfer Protocol Server", "serveur HTTP Apache"],
  ["define a name; FOREGROUND stays in the foreground", "définir un nom\u00a0; FOREGROUND reste au premier plan"],
  ["another ServerRoot", "un autre ServerRoot"],
  ["another configuration file", "un autre fichier de configuration"],
  ["start, restart, graceful, stop or graceful-stop", "start, restart, graceful, stop ou graceful-stop"],
  ["run a syntax check", "vérifier la syntaxe"],
  ["show the virtual hosts", "montrer les hôtes virtuels"],
  ["one worker in the foreground", "un seul travailleur au premier plan"],
  ["start, stop and check the Apache web server", "démarrer, arrêter et vérifier le serveur web Apache"],
];
