// What the declarations of gettext-base say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchGettextBaseHelp: Catalogue = [
  ["substitute environment variables in shell format strings", "remplacer des variables d'environnement dans des chaînes"],
  ["Standard input is copied to standard output, with references of the form $VARIABLE or ${VARIABLE} replaced by the values of the environment. If SHELL-FORMAT is given, only the variables it references are substituted.", "L'entrée standard est copiée sur la sortie standard, les références de la forme $VARIABLE ou ${VARIABLE} étant remplacées par les valeurs de l'environnement. Si SHELL-FORMAT est donné, seules ses variables sont remplacées."],
  ["output the variables occurring in SHELL-FORMAT", "afficher les variables de SHELL-FORMAT"],
  ["translate a message", "traduire un message"],
  ["No catalogue of translations is installed on this machine, so messages come out as they are.", "Aucun catalogue de traductions n'est installé sur cette machine\u00a0: les messages sortent tels quels."],
  ["specify context for MSGID", "contexte de MSGID"],
  ["retrieve translated messages from TEXTDOMAIN", "prendre les messages traduits dans TEXTDOMAIN"],
  ["enable expansion of some escape sequences", "interpréter certaines séquences d'échappement"],
  ["(ignored for compatibility)", "(ignoré, pour compatibilité)"],
  ["suppress trailing newline", "supprimer le saut de ligne final"],
  ["behave like the echo program", "se comporter comme le programme echo"],
  ["translate a message and choose its plural form", "traduire un message et choisir sa forme du pluriel"],
];
