// What the declarations of locales say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLocalesHelp: Catalogue = [
  ["generate the locales that /etc/locale.gen lists", "produire les locales que liste /etc/locale.gen"],
  ["Each line of /etc/locale.gen that does not begin with # is a locale and its character set: fr_FR.UTF-8 UTF-8. dpkg-reconfigure locales edits the file and runs this program.", "Chaque ligne de /etc/locale.gen qui ne commence pas par # est une locale et son jeu de caractères\u00a0: fr_FR.UTF-8 UTF-8. dpkg-reconfigure locales édite le fichier et lance ce programme."],
  ["do not remove locales that are there already", "ne pas retirer les locales déjà présentes"],
  ["modify global locale settings", "modifier les réglages généraux de la locale"],
  ["VAR=LOCALE sets a variable for every login to come, VAR alone removes it.", "VAR=LOCALE définit une variable pour toutes les connexions à venir, VAR seule la retire."],
  ["forget the variables that are not given", "oublier les variables qui ne sont pas données"],
  ["do not look whether the locales exist", "ne pas regarder si les locales existent"],
  ["accepted, /etc/default/locale is written", "accepté, /etc/default/locale est écrit"],
  ["tell whether this system has a locale", "dire si ce système a une locale"],
  ["What it knows is said on standard error; the line that /etc/locale.gen needs is written to standard output, so that it can be appended there.", "Le résultat est dit sur la sortie d'erreur\u00a0; la ligne qu'il faut à /etc/locale.gen est écrite sur la sortie standard, pour pouvoir y être ajoutée."],
  ["the locale is there", "ils sont disponibles"],
  ["it is not", "ils ne le sont pas"],
];
