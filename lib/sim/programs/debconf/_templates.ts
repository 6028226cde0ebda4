// The questions that packages ask through debconf: their names, types and choices are the packages' own, the words are ours.

import { keyboardTemplates } from "./_keyboard.ts";

export interface Template {
  readonly name: string;
  readonly type: "select" | "multiselect" | "boolean" | "string" | "note";
  readonly choices?: readonly string[];
  readonly otherwise: string;
  readonly priority: Priority;
  readonly short: string;
  readonly long: string;
  /** what stands before the package's name in the title, in the place of "Configuring" */
  readonly heading?: string;
  /** what stands for ${NAME} in its texts */
  readonly values?: ReadonlyMap<string, string>;
}

export type Priority = "low" | "medium" | "high" | "critical";

export const PRIORITIES: readonly Priority[] = ["low", "medium", "high", "critical"];

const AREAS = ["Africa", "America", "Antarctica", "Arctic Ocean", "Asia", "Atlantic Ocean", "Australia", "Europe", "Indian Ocean", "Pacific Ocean", "US", "None of the above"] as const;

/** The folder of /usr/share/zoneinfo that an area's name stands for. */
export function areaFolder(area: string): string {
  return area === "None of the above" ? "Etc" : area.replace(/ Ocean$/, "");
}

export const templates: ReadonlyMap<string, readonly Template[]> = new Map([
  ["debconf", [
    { name: "debconf/frontend", type: "select", choices: ["Dialog", "Readline", "Gnome", "Kde", "Editor", "Noninteractive"], otherwise: "Dialog", priority: "medium", short: "Interface to use:", long: "Packages that ask through debconf look and feel alike. Here you choose how they ask.\n\nThe dialog frontend fills the screen, the readline one asks line by line, and the noninteractive one never asks." },
    { name: "debconf/priority", type: "select", choices: ["critical", "high", "medium", "low"], otherwise: "high", priority: "medium", short: "Ignore questions with a priority less than:", long: "Every question has a priority. Only those of the priority that you choose here, or of a higher one, are asked; the others get their default answer.\n\n 'critical' without an answer the system would break\n 'high' there is no good default answer\n 'medium' the default answer is good for most\n 'low' the default answer is nearly always good" },
  ]],
  ["tzdata", [
    { name: "tzdata/Areas", type: "select", choices: AREAS, otherwise: "None of the above", priority: "high", short: "Geographic area:", long: "Choose the geographic area in which you live. The cities of it that follow narrow this down to a time zone." },
    { name: "tzdata/Zones/Etc", type: "select", choices: ["GMT", "UTC"], otherwise: "UTC", priority: "high", short: "Time zone:", long: "Choose your time zone, or a city that has it." },
  ]],
  ["locales", [
    { name: "locales/locales_to_be_generated", type: "multiselect", otherwise: "", priority: "high", short: "Locales to be generated:", long: "A locale is a language with the customs of a country: how dates, numbers and lists are written. Choose those that people of this system use; UTF-8 is the right encoding for new ones." },
    { name: "locales/default_environment_locale", type: "select", otherwise: "None", priority: "high", short: "Default locale for the system environment:", long: "Many packages show texts in the user's language. Choose the one that everybody gets who has not chosen another.\n\nIt is the default language of the whole system." },
  ]],
  ["unattended-upgrades", [{ name: "unattended-upgrades/enable_auto_updates", type: "boolean", otherwise: "true", priority: "low", short: "Automatically download and install stable updates?", long: "Updates that come often matter for the safety of a system. Without this, they have to be installed by hand; with it, security updates are downloaded and installed every day." }]],
  ["openssh-server", [
    { name: "openssh-server/permit-root-login", type: "boolean", otherwise: "true", priority: "low", short: "Disable SSH password authentication for root?", long: "Earlier versions let root log in over SSH with a password. Without passwords for root, only keys and other methods are left to it." },
    { name: "openssh-server/password-authentication", type: "boolean", otherwise: "true", priority: "low", short: "Allow password authentication?", long: "Without passwords, people log in with keys. Make sure that yours works before you answer no." },
  ]],
  ["man-db", [
    { name: "man-db/install-setuid", type: "boolean", otherwise: "false", priority: "low", short: "Should man and mandb be installed 'setuid man'?", long: "Then formatted pages can be kept for everybody. It is rarely worth it today." },
    { name: "man-db/auto-update", type: "boolean", otherwise: "true", priority: "low", short: "Update the index of manual pages automatically?", long: "The index is brought up to date after packages have been installed. That takes time on slow machines." },
  ]],
  ["iperf3", [{ name: "iperf3/start_daemon", type: "boolean", otherwise: "false", priority: "low", short: "Start Iperf3 as a daemon automatically?", long: "Choose yes if iperf3 shall wait for measurements from boot on." }]],
  ["cloud-init", [{ name: "cloud-init/datasources", type: "multiselect", choices: ["NoCloud", "AltCloud", "ConfigDrive", "OpenStack", "CloudStack", "DigitalOcean", "Ec2", "MAAS", "OVF", "GCE", "None"], otherwise: "NoCloud, AltCloud, ConfigDrive, OpenStack, CloudStack, DigitalOcean, Ec2, MAAS, OVF, GCE, None", priority: "low", short: "Data sources to read from:", long: "cloud-init looks for data in the sources that you choose here, one after the other." }]],
  ["ca-certificates", [{ name: "ca-certificates/trust_new_crts", type: "select", choices: ["yes", "no", "ask"], otherwise: "yes", priority: "medium", short: "Trust new certificates from certificate authorities?", long: "An update of this package may bring certificates of new authorities. Shall they be trusted at once, never, or shall you be asked?" }]],
  ...keyboardTemplates,
] as const);

/** linux-base asks it while a kernel is removed, never when it is configured. */
export function removingRunningKernel(release: string): Template {
  return {
    name: "linux-base/removing-running-kernel", type: "boolean", otherwise: "true", priority: "critical", short: "Abort kernel removal?", heading: "Removing", values: new Map([["running", release]]),
    long: "You are running a kernel (version ${running}) and attempting to remove the same version.\n\nWithout /boot/vmlinuz-${running} and the modules in /lib/modules/${running} the machine may not boot any more, and drivers that are not loaded yet cannot be loaded. Go on only if another kernel is installed, or if you know how to bring one back.",
  };
}
