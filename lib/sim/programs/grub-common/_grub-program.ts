// What GRUB's own tools have in common: argp's way with options, the version they were built as.

const VERSION = "2.06-13+deb12u2";

export function tryGrub(name: string): string {
  const whole = `Try '${name} --help' or '${name} --usage' for more information.`;
  // argp fills lines of 79 columns
  return whole.length <= 79 ? `${whole}\n` : `${whole.slice(0, whole.lastIndexOf(" "))}\ninformation.\n`;
}

export function grubProgram(name: string, path: string, manSection: number) {
  return { name, path, manSection, project: "GRUB", version: VERSION, versionText: `${name} (GRUB) ${VERSION}\n`, versionLetter: "V", helpLetter: "?", usageStatus: 64, tryLine: (): string => tryGrub(name) } as const;
}
