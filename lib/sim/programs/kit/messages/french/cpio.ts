// What cpio 2.13 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchCpio: readonly (readonly [string, string])[] = [
  ["Cannot open {1}", "Impossible d'ouvrir {1}"],
  ["Mode already defined", "Mode déjà défini"],
  ["Not enough arguments", "Pas assez d'arguments"],
  ["Too many arguments", "Trop d'arguments"],
  ["Try '{1} --help' or '{2} --usage' for more information.", "Essayez « {1} --help » ou « {2} --usage » pour plus d'informations."],
  ["cannot change to directory `{1}'", "impossible de modifier le répertoire « {1} »"],
  ["crc newc odc bin ustar tar (all-caps also recognized)", "crc, newc, odc, bin, ustar, tar (majuscules également reconnues)"],
  ["invalid archive format `{1}'; valid formats are:", "format d'archive « {1} » non valide; les formats valables sont:"],
  ["premature end of archive", "fin prématurée de l'archive"],
  ["premature end of file", "fin prématurée de l'archive"],
  ["unrecognized option '{1}'", "option '{1}' non reconnue"],
  ["{1} block", "{1} bloc"],
  ["{1} blocks", "{1} blocs"],
  ["{1} linked to {2}", "{1} est lié à {2}"],
  ["{1} not created: newer or same age version exists", "{1} n'a pas été créé: une version plus récente ou de même âge existe"],
  ["{1}: Cannot open", "{1}: échec de la fonction : open"],
  ["{1}: Cannot open: {2}", "{1}: échec de la fonction : open: {2}"],
  ["{1}: Cannot stat", "{1}: échec de la fonction : stat"],
  ["{1}: Cannot stat: {2}", "{1}: échec de la fonction : stat: {2}"],
  ["{1}: Cannot {2}", "{1}: échec de la fonction : {2}"],
];
