// What pam-auth-update asks through debconf; in French the questions are the package's own, the explanations ours.
import type { Sys } from "../../kernel/sys.ts";
import type { Template } from "../debconf/_templates.ts";
import { messageLanguage } from "../kit/messages/translate.ts";

type QuestionName = "profiles" | "override" | "conflicts" | "no_profiles_chosen";

interface Words {
  readonly short: string;
  readonly long: string;
}

const ENGLISH: Readonly<Record<QuestionName, Words>> = {
  profiles: { short: "PAM profiles to enable:", long: "Packages with PAM modules bring profiles: what each of them adds to the way in which users log in, change passwords and begin sessions.\n\nChoose the profiles that all programs of this system shall use." },
  override: { short: "Override local changes to /etc/pam.d/common-*?", long: "Somebody changed the managed lines of /etc/pam.d/common-{auth,account,password,session} by hand. With yes these changes are lost and the files are written anew; with no, you go on keeping them by hand." },
  conflicts: { short: "Incompatible PAM profiles selected.", long: "These profiles cannot be used together:\n\n${conflicts}\n\nPlease choose others." },
  no_profiles_chosen: { short: "No PAM profiles have been selected.", long: "Without any profile everybody could come in without a password. Choose at least one." },
};

const FRENCH: Readonly<Record<QuestionName, Words>> = {
  profiles: { short: "Profils PAM à activer\u00a0:", long: "Les paquets qui contiennent des modules PAM apportent des profils\u00a0: ce que chacun ajoute à la manière dont on se connecte, change de mot de passe et ouvre une session.\n\nChoisissez les profils dont tous les programmes de ce système se serviront." },
  override: { short: "Faut-il écraser les modifications locales sur /etc/pam.d/common-*\u00a0?", long: "Les lignes gérées de /etc/pam.d/common-{auth,account,password,session} ont été modifiées à la main. Avec oui, ces modifications sont perdues et les fichiers récrits\u00a0; avec non, vous continuez à les gérer vous-même." },
  conflicts: { short: "Profils PAM incompatibles", long: "Ces profils ne peuvent pas servir ensemble\u00a0:\n\n${conflicts}\n\nVeuillez en choisir d'autres." },
  no_profiles_chosen: { short: "Aucun profil PAM n'a été choisi.", long: "Sans aucun profil, tout le monde entrerait sans mot de passe. Choisissez-en au moins un." },
};

/** The title is "PAM configuration": the heading and what is configured. */
export function questionTitle(sys: Sys): { readonly heading: string; readonly name: string } {
  return messageLanguage(sys) === undefined ? { heading: "PAM", name: "configuration" } : { heading: "Configuration de", name: "PAM" };
}

export function pamQuestion(sys: Sys, name: QuestionName, type: Template["type"], conflicts = ""): Template {
  const { short, long } = (messageLanguage(sys) === undefined ? ENGLISH : FRENCH)[name];
  return { name: `libpam-runtime/${name}`, type, otherwise: type === "boolean" ? "false" : "", priority: "high", short, long: long.replace("${conflicts}", conflicts), heading: questionTitle(sys).heading };
}
