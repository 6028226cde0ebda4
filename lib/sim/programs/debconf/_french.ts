// The questions of debconf in French: questions and choices as the packages' own templates have them, the explanations in our words.
import type { Sys } from "../../kernel/sys.ts";
import { messageLanguage } from "../kit/messages/translate.ts";
import { FRENCH_CITIES } from "./_french-cities.ts";
import { frenchKeyboardChoice, keyboardLong, keyboardShort } from "./_keyboard.ts";
import type { Template } from "./_templates.ts";

const SHORT: ReadonlyMap<string, string> = new Map([
  ["debconf/frontend", "Interface à utiliser\u00a0:"],
  ["debconf/priority", "Ignorer les questions de priorité inférieure à\u00a0:"],
  ["tzdata/Areas", "Lieu géographique\u00a0:"],
  ["locales/locales_to_be_generated", "Jeux de paramètres régionaux à créer\u00a0:"],
  ["locales/default_environment_locale", "Jeu de paramètres régionaux actif par défaut\u00a0:"],
  ["openssh-server/permit-root-login", "Désactiver l’authentification SSH par mot de passe pour le superutilisateur\u00a0?"],
  ["man-db/install-setuid", "Faut-il exécuter les programmes man et mandb avec les droits de l'utilisateur «\u00a0man\u00a0»\u00a0?"],
  ["iperf3/start_daemon", "Faut-il démarrer automatiquement Iperf3 en tant que démon\u00a0?"],
  ["ca-certificates/trust_new_crts", "Faut-il accepter les nouveaux certificats de tiers de confiance\u00a0?"],
  ["unattended-upgrades/enable_auto_updates", "Faut-il télécharger et installer automatiquement les mises à jour de la version stable\u00a0?"],
  ["openssh-server/password-authentication", "Faut-il autoriser l'authentification par mot de passe\u00a0?"],
  ["man-db/auto-update", "Faut-il mettre à jour automatiquement l'index des pages de manuel\u00a0?"],
  ["cloud-init/datasources", "Sources de données à lire\u00a0:"],
  ["linux-base/removing-running-kernel", "Abandonner la suppression du noyau\u00a0?"],
]);

const LONG: ReadonlyMap<string, string> = new Map([
  ["debconf/frontend", "Les paquets qui posent des questions par debconf se ressemblent tous. Vous choisissez ici de quelle manière ils les posent.\n\nL'interface dialog occupe tout l'écran, readline pose les questions ligne par ligne, et l'interface non interactive n'en pose jamais."],
  ["debconf/priority", "Chaque question a une priorité. Seules celles de la priorité choisie ici, ou d'une priorité plus haute, sont posées\u00a0; les autres reçoivent leur réponse par défaut.\n\n «\u00a0critique\u00a0» sans réponse, le système ne marcherait plus\n «\u00a0élevée\u00a0» il n'y a pas de bonne réponse par défaut\n «\u00a0intermédiaire\u00a0» la réponse par défaut convient le plus souvent\n «\u00a0basse\u00a0» la réponse par défaut convient presque toujours"],
  ["tzdata/Areas", "Choisissez la région du monde où vous vivez. Les villes qui suivent préciseront le fuseau horaire."],
  ["locales/locales_to_be_generated", "Des paramètres régionaux sont une langue et les usages d'un pays\u00a0: l'écriture des dates, des nombres, l'ordre des listes. Choisissez ceux des personnes qui se servent de ce système\u00a0; UTF-8 est le codage qui convient aux nouveaux."],
  ["locales/default_environment_locale", "Beaucoup de paquets affichent leurs textes dans la langue de la personne. Choisissez celle que recevra quiconque n'en a pas choisi une autre.\n\nC'est la langue par défaut de tout le système."],
  ["unattended-upgrades/enable_auto_updates", "Des mises à jour fréquentes comptent pour la sécurité d'un système. Sans cela, il faut les installer à la main\u00a0; avec cela, les mises à jour de sécurité sont téléchargées et installées chaque jour."],
  ["openssh-server/permit-root-login", "Les versions antérieures laissaient root se connecter par SSH avec un mot de passe. Sans mot de passe, il ne lui reste que les clés et les autres méthodes."],
  ["openssh-server/password-authentication", "Sans mots de passe, on se connecte avec des clés. Vérifiez que la vôtre fonctionne avant de répondre non."],
  ["man-db/install-setuid", "Les pages mises en forme peuvent alors être gardées pour tout le monde. Cela en vaut rarement la peine aujourd'hui."],
  ["man-db/auto-update", "L'index est mis à jour après l'installation de paquets. Cela prend du temps sur les machines lentes."],
  ["iperf3/start_daemon", "Choisissez oui si iperf3 doit attendre des mesures dès le démarrage."],
  ["cloud-init/datasources", "cloud-init cherche des données dans les sources choisies ici, l'une après l'autre."],
  ["ca-certificates/trust_new_crts", "Une mise à jour de ce paquet peut apporter les certificats de nouvelles autorités. Faut-il leur faire confiance tout de suite, jamais, ou vous le demander\u00a0?"],
  ["linux-base/removing-running-kernel", "Le noyau actuellement utilisé (version ${running}) est en train d'être supprimé.\n\nSans /boot/vmlinuz-${running} ni les modules de /lib/modules/${running}, la machine risque de ne plus démarrer, et les pilotes qui ne sont pas encore chargés ne pourront plus l'être. Ne continuez que si un autre noyau est installé, ou si vous savez en remettre un."],
]);

const HEADINGS: ReadonlyMap<string, string> = new Map([["Removing", "Suppression du noyau"]]);

const CHOICES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["debconf/frontend", new Map([["Dialog", "Dialogue"], ["Editor", "Éditeur"], ["Noninteractive", "Non interactive"]])],
  ["debconf/priority", new Map([["critical", "critique"], ["high", "élevée"], ["medium", "intermédiaire"], ["low", "basse"]])],
  ["tzdata/Areas", new Map([["Africa", "Afrique"], ["America", "Amérique"], ["Antarctica", "Antarctique"], ["Arctic Ocean", "Arctique"], ["Asia", "Asie"], ["Atlantic Ocean", "Atlantique"], ["Australia", "Australie"], ["Indian Ocean", "Océan Indien"], ["Pacific Ocean", "Pacifique"], ["None of the above", "Autre"]])],
  ["locales/locales_to_be_generated", new Map([["All locales", "Tous les choix possibles"]])],
  ["locales/default_environment_locale", new Map([["None", "Aucun"]])],
  ["ca-certificates/trust_new_crts", new Map([["yes", "Oui"], ["no", "Non"], ["ask", "Demander"]])],
  ["tzdata/Zones/Europe", new Map([
    ["Andorra", "Andorre"], ["Athens", "Athènes"], ["Brussels", "Bruxelles"], ["Bucharest", "Bucarest"], ["Busingen", "Büsingen"], ["Copenhagen", "Copenhague"], ["Guernsey", "Guernesey"], ["Isle_of_Man", "Île de Man"], ["Lisbon", "Lisbonne"],
    ["London", "Londres"], ["Malta", "Malte"], ["Moscow", "Moscou"], ["Nicosia", "Nicosie"], ["San_Marino", "Saint-Marin"], ["Tallinn", "Tallin"], ["Tirane", "Tirana"], ["Ulyanovsk", "Oulianovsk"], ["Vienna", "Vienne"], ["Warsaw", "Varsovie"],
  ])],
]);

export interface Question {
  readonly template: Template;
  readonly choices: readonly string[];
  readonly value: string;
}

function listed(value: string, translate: (choice: string) => string): string {
  return value.split(/,\s*/).map(translate).join(", ");
}

/** The question as it is shown, and the way back from the shown answer to the one that is kept. */
export function inLanguage(sys: Sys, asked: Question): { readonly shown: Question; readonly kept: (answer: string) => string } {
  const { shown, kept } = inWords(sys, asked);
  const { template } = shown;
  let { long } = template;
  for (const [name, value] of template.values ?? []) long = long.replaceAll(`\${${name}}`, value);
  return { shown: { ...shown, template: { ...template, long } }, kept };
}

function inWords(sys: Sys, asked: Question): { readonly shown: Question; readonly kept: (answer: string) => string } {
  if (messageLanguage(sys) === undefined) return { shown: asked, kept: (answer) => answer };
  const { template, choices, value } = asked;
  const zones = template.name.startsWith("tzdata/Zones/");
  const words = CHOICES.get(template.name) ?? (zones ? FRENCH_CITIES.get(template.name.slice("tzdata/Zones/".length)) : undefined);
  const french = (choice: string): string => words?.get(choice) ?? frenchKeyboardChoice(template.name, choice) ?? choice;
  const english = new Map(choices.map((choice) => [french(choice), choice]));
  const back = (choice: string): string => english.get(choice) ?? choice;
  const isChoice = template.type === "select" || template.type === "multiselect";
  return {
    shown: {
      template: {
        ...template,
        short: zones ? "Fuseau horaire\u00a0:" : (SHORT.get(template.name) ?? keyboardShort.get(template.name) ?? template.short),
        ...(template.heading === undefined ? {} : { heading: HEADINGS.get(template.heading) ?? template.heading }),
        long: zones ? "Choisissez votre fuseau horaire, ou une ville qui l'a." : (LONG.get(template.name) ?? keyboardLong.get(template.name) ?? template.long),
      },
      choices: choices.map(french), value: isChoice ? listed(value, french) : value,
    },
    kept: (answer) => (isChoice ? listed(answer, back) : answer),
  };
}
