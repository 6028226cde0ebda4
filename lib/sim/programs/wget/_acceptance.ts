// Which files and addresses a recursive run takes (-A, -R, -D, -I, -X; src/utils.c of wget 1.21).
import { compileFnmatch } from "../kit/fnmatch.ts";
import type { Settings } from "./_settings.ts";

function inList(list: readonly string[], name: string, ignoreCase: boolean): boolean {
  const text = ignoreCase ? name.toLowerCase() : name;
  return list.some((entry) => (/[*?[\]]/.test(entry) ? compileFnmatch(entry, { ignoreCase })(name) : text.endsWith(ignoreCase ? entry.toLowerCase() : entry)));
}

/** By the last part of a name; what -O names always is. */
export function acceptable(name: string, settings: Settings): boolean {
  if (name === settings.outputDocument) return true;
  const last = name.slice(name.lastIndexOf("/") + 1);
  return (settings.accept.length === 0 || inList(settings.accept, last, settings.ignoreCase)) && !(settings.reject.length > 0 && inList(settings.reject, last, settings.ignoreCase));
}

export function acceptableDomain(host: string, settings: Settings): boolean {
  const within = (domain: string): boolean => host === domain || host.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
  return (settings.domains.length === 0 || settings.domains.some((domain) => within(domain.toLowerCase()))) && !settings.excludeDomains.some((domain) => within(domain.toLowerCase()));
}

/** `directory` without slashes around it. */
export function acceptableDirectory(directory: string, settings: Settings): boolean {
  const within = (given: string): boolean => {
    const entry = given.replace(/^\//, "").replace(/\/$/, "");
    return /[*?[\]]/.test(entry) ? compileFnmatch(entry, { pathname: true, leadingDirectory: true })(directory) : directory === entry || directory.startsWith(`${entry}/`) || entry === "";
  };
  return (settings.includeDirectories.length === 0 || settings.includeDirectories.some(within)) && !settings.excludeDirectories.some(within);
}
