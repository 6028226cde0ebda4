// What the environment says of the language (locale(7)): this machine has C, POSIX and C.UTF-8; every other name ending in UTF-8 counts as C.UTF-8.

export function localeOf(environment: ReadonlyMap<string, string>, category: "LC_CTYPE" | "LC_COLLATE" | "LC_TIME" | "LC_MESSAGES" | "LC_NUMERIC" = "LC_CTYPE"): string {
  for (const name of ["LC_ALL", category, "LANG"]) {
    const value = environment.get(name);
    if (value !== undefined && value !== "") return value;
  }
  return "C";
}

export function isUtf8(environment: ReadonlyMap<string, string>): boolean {
  return /\.utf-?8(@|$)/i.test(localeOf(environment));
}
