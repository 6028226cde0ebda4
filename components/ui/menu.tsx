"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/** A disclosure that closes by itself: after a choice, a click elsewhere, or Escape. Works without scripts, too. */
export function Menu({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const here = usePathname();
  const before = useRef(here);
  useEffect(() => {
    if (before.current !== here && details.current) details.current.open = false;
    before.current = here;
  }, [here]);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (details.current && event.target instanceof Node && !details.current.contains(event.target)) details.current.open = false;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.current?.open || !details.current.contains(document.activeElement)) return;
      details.current.open = false;
      summary.current?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <details ref={details} className="menu">
      <summary ref={summary} className="button button-quiet button-small max-w-44">
        {label}
        <svg width="10" height="6" viewBox="0 0 10 6" aria-hidden="true" className="shrink-0">
          <path d="m1 1 4 4 4-4" stroke="currentColor" strokeWidth="1.6" fill="none" strokeLinecap="round" />
        </svg>
      </summary>
      <div className="card">{children}</div>
    </details>
  );
}
