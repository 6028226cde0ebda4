// What the declarations of gettext-base say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGettextBaseHelp: Catalogue = [
  ["put the values of environment variables into a text", "mettre dans un texte les valeurs des variables d'environnement"],
  ["A text goes from standard input to standard output; $VARIABLE and ${VARIABLE} become what the environment says. With SHELL-FORMAT, only variables named in it.", "Un texte passe de l'entrée standard à la sortie standard\u00a0; $VARIABLE et ${VARIABLE} deviennent ce que dit l'environnement. Avec FORMAT-SHELL, seulement les variables qu'il nomme."],
  ["list the variables that SHELL-FORMAT names", "lister les variables que nomme FORMAT-SHELL"],
  ["translate a message", "traduire un message"],
  ["No catalogue of translations is installed on this machine, so messages come out as they are.", "Aucun catalogue de traductions n'est installé sur cette machine\u00a0: les messages sortent tels quels."],
  ["the context that MSGID stands in", "le contexte de MSGID"],
  ["translations come from TEXTDOMAIN", "les traductions viennent de TEXTDOMAIN"],
  ["escapes such as \\n are read", "lire les séquences comme \\n"],
  ["(ignored for compatibility)", "(ignoré, pour compatibilité)"],
  ["suppress trailing newline", "supprimer le saut de ligne final"],
  ["behave like the echo program", "se comporter comme le programme echo"],
  ["translate a message and choose its plural form", "traduire un message et choisir sa forme du pluriel"],
];
