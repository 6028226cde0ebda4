// What gettext's own programs say in French, of the messages that our commands print; {1} is the first argument.

export const frenchGettext: readonly (readonly [string, string])[] = [
  ["Try '{1} --help' for more information.", "Pour plus d'information, essayez «\u00a0{1} --help\u00a0»."],
  ["missing arguments", "arguments manquants"],
];
