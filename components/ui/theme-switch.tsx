"use client";
import { useState } from "react";
import type { Theme } from "./theme.ts";


/** Kept in a cookie, so that the server's first answer has it already. */
export function ThemeSwitch({ initial, label, names }: { readonly initial: Theme; readonly label: string; readonly names: Readonly<Record<Theme, string>> }) {
  const [theme, setTheme] = useState(initial);
  const choose = (next: Theme) => {
    setTheme(next);
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
  };
  return (
    <fieldset className="px-2 py-1.5">
      <legend className="mb-1 text-sm text-muted">{label}</legend>
      <div className="grid grid-cols-3 gap-1 rounded-lg bg-sunken p-1">
        {(["system", "light", "dark"] as const).map((one) => (
          <label key={one} className="relative">
            <input type="radio" name="theme" value={one} checked={theme === one} onChange={() => choose(one)} className="peer absolute inset-0 opacity-0" />
            <span className="block rounded-md px-2 py-1.5 text-center text-sm peer-checked:bg-surface peer-checked:font-semibold peer-focus-visible:outline-3 peer-focus-visible:outline-accent">{names[one]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
