// What the declarations of ncal say, in French.
import type { Catalogue } from "../domains.ts";

export const frenchNcalHelp: Catalogue = [
  ["display a calendar", "afficher un calendrier"],
  ["three months, the current one in the middle", "trois mois, le courant au milieu"],
  ["one month alone", "un mois seul"],
  ["display that many months after the specified month", "afficher ce nombre de mois après le mois indiqué"],
  ["display that many months before the specified month", "afficher ce nombre de mois avant le mois indiqué"],
  ["use that month as the current date", "prendre ce mois pour la date actuelle"],
  ["each day as its number in the year", "chaque jour par son numéro dans l'année"],
  ["all twelve months of the year", "les douze mois de l'année"],
  ["display the specified month", "afficher le mois indiqué"],
  ["today looks like every other day", "aujourd'hui est comme les autres jours"],
  ["switch to cal mode", "passer au mode cal"],
  ["switch to ncal mode", "passer au mode ncal"],
  ["use old style format for ncal output", "présentation ancienne pour ncal"],
  ["a line with the numbers of the weeks", "une ligne avec les numéros des semaines"],
  ["Monday is a week's first day", "lundi est le premier jour de la semaine"],
  ["Sunday is a week's first day", "dimanche est le premier jour de la semaine"],
  ["everything by the Julian calendar; with -o, Easter too", "tout selon le calendrier julien\u00a0; avec -o, Pâques aussi"],
  ["when Easter is in the western churches", "quand est Pâques dans les Églises d'Occident"],
  ["when Easter is in the Orthodox churches", "quand est Pâques dans les Églises orthodoxes"],
  ["the day that counts as today", "le jour qui compte comme aujourd'hui"],
  ["when each country went over to the Gregorian calendar", "quand chaque pays est passé au calendrier grégorien"],
  ["go over to the Gregorian calendar when this country did", "passer au calendrier grégorien quand ce pays l'a fait"],
  ["the least number of days in a year's first week", "le nombre minimal de jours de la première semaine d'une année"],
];
