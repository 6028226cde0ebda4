// What the declarations of file say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchFileHelp: Catalogue = [
  ["determine type of files", "déterminer le type de fichiers"],
  ["Each FILE is looked at in three ways: by its entry in the file system, by signatures in its contents, and as text: its encoding and its language.", "Chaque FICHIER est examiné de trois façons\u00a0: par son entrée dans le système de fichiers, par les signatures de son contenu, et comme texte\u00a0: son codage et sa langue."],
  ["use LIST as a colon-separated list of magic number files (the built-in tests are used)", "prendre LISTE comme liste de fichiers de nombres magiques séparés par des deux-points (les tests internes sont utilisés)"],
  ["try to look inside compressed files (only their own kind is told)", "essayer de regarder dans les fichiers compressés (seul leur propre genre est dit)"],
  ["do not prepend filenames to output lines", "ne pas mettre le nom de fichier devant les lignes"],
  ["exclude TEST from the list of test to be performed for file", "retirer TEST de la liste des tests"],
  ["read the filenames to be examined from FILE", "lire dans FICHIER les noms des fichiers à examiner"],
  ["use string as separator instead of `:'", "utiliser la chaîne comme séparateur au lieu de «\u00a0:\u00a0»"],
  ["output MIME type strings (--mime-type and --mime-encoding)", "afficher des types MIME (--mime-type et --mime-encoding)"],
  ["output a slash-separated list of extensions", "afficher une liste d'extensions séparées par des barres obliques"],
  ["output the MIME type", "afficher le type MIME"],
  ["output the MIME encoding", "afficher le codage MIME"],
  ["don't stop at the first match", "ne pas s'arrêter à la première correspondance"],
  ["follow symlinks (default if POSIXLY_CORRECT is set)", "suivre les liens symboliques (par défaut si POSIXLY_CORRECT est définie)"],
  ["don't follow symlinks (default if POSIXLY_CORRECT is not set)", "ne pas suivre les liens symboliques (par défaut si POSIXLY_CORRECT n'est pas définie)"],
  ["do not buffer output", "ne pas garder la sortie en tampon"],
  ["do not pad output", "ne pas aligner la sortie"],
  ["terminate filenames with ASCII NUL", "terminer les noms de fichiers par un NUL"],
  ["preserve access times on files", "préserver les dates d'accès des fichiers"],
  ["set file engine parameter limits", "fixer les limites du moteur d'examen"],
  ["don't translate unprintable chars to \\ooo", "ne pas traduire les caractères non affichables en \\ooo"],
  ["treat special (block/char devices) files as ordinary ones", "traiter les fichiers spéciaux (bloc, caractère) comme des fichiers ordinaires"],
  ["disable system call sandboxing", "désactiver le bac à sable des appels système"],
  ["exit with an error when a file cannot be looked at", "finir par une erreur quand un fichier ne peut pas être examiné"],
];
