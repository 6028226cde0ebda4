// What newt 0.52 says in French: the labels of its buttons.

export const frenchNewt: readonly (readonly [string, string])[] = [
  ["Cancel", "Annuler"],
  ["No", "Non"],
  ["Ok", "Ok"],
  ["Yes", "Oui"],
];
