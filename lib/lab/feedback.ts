// The general sentence of each code of the check words, in both languages. A lab's own :::when block comes first.
// Facts stand in braces. French typography: narrow no-break space (U+202F) before ; ! ?, no-break space before :, inside « ».

export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

export const generalFeedback: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ["package.missing", { fr: "Le paquet `{package}` n’est pas installé.", en: "The package `{package}` is not installed." }],
  ["service.not-active", { fr: "Le service `{service}` n’est pas actif : trouvé `{found}`, attendu `active`.", en: "The service `{service}` is not running: found `{found}`, expected `active`." }],
  ["service.not-inactive", { fr: "Le service `{service}` devrait être arrêté : trouvé `{found}`.", en: "The service `{service}` should be stopped: found `{found}`." }],
  ["service.not-enabled", { fr: "Le service `{service}` ne démarrera pas tout seul au prochain démarrage.", en: "The service `{service}` will not start by itself at the next boot." }],
  ["file.missing", { fr: "Le fichier `{path}` n’existe pas encore.", en: "The file `{path}` does not exist yet." }],
  ["file.not-a-file", { fr: "`{path}` existe, mais ce n’est pas un fichier ordinaire.", en: "`{path}` exists, but it is not an ordinary file." }],
  ["file.lacks", { fr: "Le fichier `{path}` ne contient pas `{expected}`.", en: "The file `{path}` does not contain `{expected}`." }],
  ["file.differs", { fr: "Le contenu de `{path}` n’est pas celui attendu : trouvé `{found}`, attendu `{expected}`.", en: "The content of `{path}` is not the expected one: found `{found}`, expected `{expected}`." }],
  ["directory.missing", { fr: "Le répertoire `{path}` n’existe pas encore.", en: "The directory `{path}` does not exist yet." }],
  ["directory.is-a-file", { fr: "`{path}` existe, mais c’est un fichier, pas un répertoire.", en: "`{path}` exists, but it is a file, not a directory." }],
  ["docker.missing", { fr: "Docker n’est pas installé sur cette machine.", en: "Docker is not installed on this machine." }],
  ["image.missing", { fr: "Aucune image locale ne s’appelle `{image}`.", en: "No local image is named `{image}`." }],
  ["container.missing", { fr: "Aucun conteneur ne s’appelle `{container}`.", en: "No container is named `{container}`." }],
  ["container.present", { fr: "Le conteneur `{container}` existe encore.", en: "The container `{container}` is still there." }],
  ["container.state", { fr: "Le conteneur `{container}` est dans l’état `{found}`, attendu `{expected}`.", en: "The container `{container}` is in state `{found}`, expected `{expected}`." }],
  ["guest.missing", { fr: "Aucune machine virtuelle ne s’appelle `{guest}`.", en: "No virtual machine is named `{guest}`." }],
  ["guest.present", { fr: "La machine virtuelle `{guest}` existe encore.", en: "The virtual machine `{guest}` is still there." }],
  ["guest.state", { fr: "La machine virtuelle `{guest}` est dans l’état `{found}`, attendu `{expected}`.", en: "The virtual machine `{guest}` is in state `{found}`, expected `{expected}`." }],
  ["guest.autostart", { fr: "La machine virtuelle `{guest}` démarrera encore avec l’hôte.", en: "The virtual machine `{guest}` will still start with the host." }],
  ["guest.no-autostart", { fr: "La machine virtuelle `{guest}` ne démarrera pas avec l’hôte.", en: "The virtual machine `{guest}` will not start with the host." }],
  ["network.missing", { fr: "Libvirt ne connaît aucun réseau `{network}`.", en: "Libvirt knows no network `{network}`." }],
  ["network.inactive", { fr: "Le réseau virtuel `{network}` n’est pas actif.", en: "The virtual network `{network}` is not active." }],
  ["network.no-autostart", { fr: "Le réseau virtuel `{network}` est actif, mais ne démarrera pas tout seul.", en: "The virtual network `{network}` is active, but will not start by itself." }],
]);

/** Puts facts into a sentence; a brace without a fact stays as it is, so that a missing fact is seen. */
export function fillFacts(sentence: string, facts: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : whole));
}
