// What the declarations of ncal say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNcalHelp: Catalogue = [
  ["display a calendar", "afficher un calendrier"],
  ["display the previous, current and next month", "afficher le mois précédent, l'actuel et le suivant"],
  ["display only the current month", "n'afficher que le mois actuel"],
  ["display that many months after the specified month", "afficher ce nombre de mois après le mois indiqué"],
  ["display that many months before the specified month", "afficher ce nombre de mois avant le mois indiqué"],
  ["use that month as the current date", "prendre ce mois pour la date actuelle"],
  ["display Julian days (days one-based, numbered from January 1)", "afficher les jours de l'année (comptés à partir du 1er janvier)"],
  ["display a calendar for the specified year", "afficher le calendrier de l'année indiquée"],
  ["display the specified month", "afficher le mois indiqué"],
  ["turns off highlighting of today", "ne pas mettre le jour actuel en relief"],
  ["switch to cal mode", "passer au mode cal"],
  ["switch to ncal mode", "passer au mode ncal"],
  ["use old style format for ncal output", "présentation ancienne pour ncal"],
  ["print the number of the week below each week column", "afficher le numéro de la semaine sous chaque colonne"],
  ["weeks start on Monday", "la semaine commence le lundi"],
  ["weeks start on Sunday", "la semaine commence le dimanche"],
  ["display Julian calendar, if combined with -o, date of Easter according to it", "afficher le calendrier julien\u00a0; avec -o, la date de Pâques qui en dépend"],
  ["display date of Easter (for western churches)", "afficher la date de Pâques (Églises d'Occident)"],
  ["display date of Orthodox Easter", "afficher la date de la Pâque orthodoxe"],
  ["use that date as the current date for highlighting", "prendre cette date pour le jour mis en relief"],
  ["print the country codes and switching days from Julian to Gregorian calendar", "afficher les codes des pays et les jours de passage au calendrier grégorien"],
  ["assume the switch from Julian to Gregorian at the date of that country", "supposer le passage au calendrier grégorien à la date de ce pays"],
  ["first week of the year has at least that many days", "la première semaine de l'année a au moins ce nombre de jours"],
];
