// What the declarations of lm-sensors say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchLmSensorsHelp: Catalogue = [
  ["temperatures, voltages and fans", "températures, tensions et ventilateurs"],
  ["A virtual machine has no chips that measure: the messages say so.", "Une machine virtuelle n'a pas de puces de mesure\u00a0: les messages le disent."],
  ["degrees Fahrenheit", "des degrés Fahrenheit"],
  ["leave the adapter out", "omettre l'adaptateur"],
  ["the values as they are", "les valeurs telles quelles"],
  ["set limits", "fixer des limites"],
  ["lines for the settings", "des lignes pour les réglages"],
  ["There are no chips to set.", "Il n'y a pas de puces à régler."],
  ["There are no chips on a bus.", "Il n'y a pas de puces sur un bus."],
];
