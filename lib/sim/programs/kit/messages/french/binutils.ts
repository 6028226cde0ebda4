// What binutils 2.40 says in French, of the messages that our commands print; {1} is the first argument.

export const frenchBinutils: readonly (readonly [string, string])[] = [
  ["'{1}': No such file", "«\u00a0{1}\u00a0»: pas de tel fichier"],
  ["Usage: strings [option(s)] [file(s)]", "Usage: strings [option(s)] [fichier(s)]"],
  ["Warning: '{1}' is a directory", "Attention\u00a0: «\u00a0{1}\u00a0» est un répertoire"],
  ["invalid integer argument {1}", "argument en valeur entière invalide {1}"],
  ["invalid minimum string length {1}", "longueur minimum de chaîne {1} invalide"],
];
