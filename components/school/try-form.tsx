import { tryLab } from "./account-actions.ts";

/** One click, then a terminal. */
export function TryForm({ locale, lab, label, className }: { readonly locale: string; readonly lab: string; readonly label: string; readonly className: string }) {
  return (
    <form action={tryLab}>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="lab" value={lab} />
      <button type="submit" className={className}>
        {label}
      </button>
    </form>
  );
}
