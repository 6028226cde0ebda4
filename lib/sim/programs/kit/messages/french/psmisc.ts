// What psmisc 23.6 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchPsmisc: readonly (readonly [string, string])[] = [
  ["   or: pstree -V", "   ou: pstree -V"],
  ["Bad regular expression: {1}", "Mauvaise expression régulière\u00a0: {1}"],
  ["Cannot find user {1}", "Utilisateur {1} introuvable"],
  ["Could not kill process {1}: {2}", "Impossible de tuer le processus {1} : {2}"],
  ["Display a tree of processes.", "Affiche un arbre des processus."],
  ["Killed {1}({2}{3}) with signal {4}", "Tué {1}({2}{3}) avec le signal {4}"],
  ["No process specification given", "Aucune spécification de processus donnée"],
  ["No processes found.", "Aucun processus trouvé."],
  ["No such user name: {1}", "Aucun utilisateur portant ce nom: {1}"],
  ["Specified filename {1} does not exist.", "Le nom de fichier {1} n'existe pas."],
  ["Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]", "Utilisation : fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n ESPACE]"],
  ["Usage: killall [OPTION]... [--] NAME...", "Usage\u00a0: killall [OPTION]... [--] NOM..."],
  ["{1} USER        PID ACCESS COMMAND", "{1} UTIL.       PID ACCÈS  COMMANDE"],
  ["{1}: no process found", "{1}: aucun processus trouvé"],
  ["{1}: unknown signal; {2} -l lists signals.", "{1}: signal inconnu; {2} -l liste les signaux."],
];
