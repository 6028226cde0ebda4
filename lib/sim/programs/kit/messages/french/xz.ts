// What xz 5.4 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchXz: readonly (readonly [string, string])[] = [
  ["--list does not support reading from standard input", "--list est incompatible avec la lecture sur l'entrée standard"],
  ["Compressed data cannot be written to a terminal", "Les données compressées ne peuvent pas être écrites dans un terminal"],
  ["Compressed data is corrupt", "Les données compressées sont corrompues"],
  ["File format not recognized", "Format de fichier inconnu"],
  ["None", "Aucune"],
  ["Strms  Blocks   Compressed Uncompressed  Ratio  Check   Filename", "Flux    Blocs    Compressé  Décompressé  Ratio  Vérif.  Nom de fichier"],
  ["Try `{1} --help' for more information.", "Éxécutez `{1} --help' pour obtenir davantage d'informations."],
  ["Unexpected end of input", "Fin des données inattendue "],
  ["Unsupported options", "Options non prises en charge"],
  ["{1} files", "{1} fichiers"],
  ["{1}: File already has `{2}' suffix, skipping", "{1} : Le fichier a déjà le suffixe '{2}', ignoré"],
  ["{1}: File is empty", "{1} : Le fichier est vide"],
  ["{1}: Filename has an unknown suffix, skipping", "{1} : Le fichier a un suffixe inconnu, ignoré"],
  ["{1}: Input file has more than one hard link, skipping", "{1} : Le fichier d'entrée a plus d'un lien matériel : ignoré"],
  ["{1}: Is a directory, skipping", "{1} est un répertoire : ignoré"],
  ["{1}: Is a symbolic link, skipping", "{1} est un lien symbolique : ignoré"],
  ["{1}: Not a regular file, skipping", "{1} n'est pas un fichier régulier : ignoré"],
  ["{1}: Too small to be a valid .xz file", "{1} : Trop petit pour être un fichier xz valide."],
  ["{1}: Unknown file format type", "{1} : Format de fichier inconnu"],
  ["{1}: Unsupported integrity check type", "{1} : Type de vérification d'intégrité inconnu"],
];
