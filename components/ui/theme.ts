export type Theme = "system" | "light" | "dark";

export function isTheme(text: string | undefined): text is Theme {
  return text === "system" || text === "light" || text === "dark";
}
