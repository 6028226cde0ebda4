// What the declarations of python3.11-minimal say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchPython311MinimalHelp: Catalogue = [
  ["run programs in Python", "exécuter des programmes en Python"],
  ["Runs a program in Python, or reads statements at a prompt.", "Exécute un programme en Python, ou lit des instructions à une invite."],
  ["run the text that follows; ends the options", "exécuter le texte qui suit\u00a0; finit les options"],
  ["run a module as a program; ends the options", "exécuter un module comme programme\u00a0; finit les options"],
  ["go on at the prompt after the program", "continuer à l'invite après le programme"],
  ["write standard output and error at once", "écrire aussitôt la sortie standard et la sortie d'erreur"],
  ["write no .pyc files", "ne pas écrire de fichiers .pyc"],
  ["no banner at the prompt", "pas de bannière à l'invite"],
  ["isolated from the user's environment", "isolé de l'environnement de l'utilisateur"],
  ["ignore PYTHON* variables", "ignorer les variables PYTHON*"],
  ["without the user's site directory", "sans le répertoire de modules de l'utilisateur"],
  ["without the site module", "sans le module site"],
  ["accepted, changes nothing", "accepté, ne change rien"],
  ["the program ended", "le programme a fini"],
  ["an exception was not handled", "une exception n'a pas été traitée"],
  ["the program cannot be read, or the options are wrong", "le programme ne peut pas être lu, ou les options sont incorrectes"],
  ["what sys.exit was given", "ce qui a été donné à sys.exit"],
];
