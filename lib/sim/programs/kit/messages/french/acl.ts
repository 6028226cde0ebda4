// What acl 2.3 and attr 2.5 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchAcl: readonly (readonly [string, string])[] = [
  ["Invalid argument", "Argument invalide"],
  ["No such attribute", "Attribut inconnu"],
  ["Try '{1} --help' for more information.", "Essayer «\u00a0{1} --help\u00a0» pour plus d'informations."],
  ["Try `{1} --help' for more information.", "Essayer «\u00a0{1} --help\u00a0» pour plus d'informations."],
  ["Usage: {1} [-{2}] file ...", "Utilisation\u00a0: {1} [-{2}] fichier..."],
  ["Usage: {1} {2}", "Utilisation\u00a0: {1} {2}"],
  ["{1}: Option -{2}: {3} near character {4}", "{1}\u00a0: Option -{2}\u00a0: {3} près du caractère {4}"],
  ["{1}: Removing leading '/' from absolute path names", "{1}\u00a0: suppression du premier «\u00a0/\u00a0» des noms de chemins absolus"],
  ["{1}: {2}: Only directories can have default ACLs", "{1}\u00a0: {2}\u00a0: seuls les répertoires peuvent avoir une entrée ACL par défaut"],
];
