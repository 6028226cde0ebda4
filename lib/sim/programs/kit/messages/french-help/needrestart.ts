// What the declarations of needrestart say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNeedrestartHelp: Catalogue = [
  ["which services run what was upgraded", "quels services tournent sur ce qui a été mis à niveau"],
  ["After upgrades, programs go on with the files that they had. needrestart looks for them in /proc, names their services and sessions, and restarts services if it may. apt calls it after each run of dpkg.", "Après une mise à niveau, les programmes continuent avec les fichiers qu'ils avaient. needrestart les cherche dans /proc, nomme leurs services et sessions, et redémarre les services s'il le peut. apt l'appelle après chaque passage de dpkg."],
  ["say nothing but what was asked for", "ne dire que ce qui est demandé"],
  ["easy hints, or all details", "des indications simples, ou tous les détails"],
  ["no is the default answer", "non est la réponse par défaut"],
  ["read these settings", "lire ces réglages"],
  ["list, ask, or restart by itself", "lister, demander ou redémarrer de soi-même"],
  ["for programs: lines of NAME: VALUE", "pour des programmes\u00a0: des lignes NOM=VALEUR"],
  ["as a check of Nagios", "comme contrôle de Nagios"],
  ["look at the kernel only", "ne regarder que le noyau"],
  ["look at services and sessions only", "ne regarder que les services et les sessions"],
  ["look at the microcode of the processor only", "ne regarder que le microcode du processeur"],
  ["another front end of debconf", "une autre interface de debconf"],
  ["another user interface", "une autre interface"],
  ["tolerance for start times of scripts", "la tolérance pour l'heure de départ des scripts"],
  ["questions are asked as lines, not in a dialogue", "les questions sont posées en lignes, non dans une boîte de dialogue"],
  ["Questions are asked as lines.", "Les questions sont posées en lignes."],
];
