// What the declarations of init-system-helpers say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchInitSystemHelpersHelp: Catalogue = [
  ["run an init script's action under the local policy", "lancer une action d'un script d'initialisation selon la politique locale"],
  ["no messages", "pas de messages"],
  ["whatever the policy says", "quoi que dise la politique"],
  ["run it after errors that are not fatal", "le lancer après des erreurs qui ne sont pas fatales"],
  ["status 101 when the policy denies", "code 101 quand la politique refuse"],
  ["only answer with the status", "répondre seulement par le code de sortie"],
  ["no other action in its place", "pas d'autre action à sa place"],
  ["nothing to do for a unit of systemd", "rien à faire pour une unité de systemd"],
  ["show the usage", "montrer l'utilisation"],
  ["done, or denied without --disclose-deny", "fait, ou refusé sans --disclose-deny"],
  ["unknown script", "script inconnu"],
  ["policy forbids the action", "la politique interdit l'action"],
  ["a broken link or subsystem", "un lien ou sous-système cassé"],
  ["wrong usage", "mauvaise utilisation"],
  ["--query: allowed", "--query\u00a0: permis"],
  ["--query: not defined", "--query\u00a0: non défini"],
  ["--query: another action", "--query\u00a0: une autre action"],
  ["have a service started, stopped or asked by its init script or unit", "démarrer, arrêter ou interroger un service par son script ou son unité"],
  ["make and remove the links of System V init scripts", "faire et retirer les liens des scripts d'initialisation System V"],
  ["The run levels are those of the script's head: Default-Start and Default-Stop. A script that has links already keeps them.", "Les niveaux d'exécution sont ceux de l'en-tête du script\u00a0: Default-Start et Default-Stop. Un script qui a déjà des liens les garde."],
  ["enable and disable turn the K and S of links in the given levels, or in those of Default-Start, and tell systemd.", "enable et disable échangent les K et S des liens aux niveaux donnés, ou à ceux de Default-Start, et préviennent systemd."],
  ["remove the links even while the script is there", "retirer les liens même tant que le script est là"],
];
