/** ô: a guest (the ring) under a host's roof (the circumflex). */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M6 12.5 16 4.5l10 8" stroke="var(--copper)" strokeWidth="3.6" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="16" cy="20.2" r="7.4" stroke="var(--accent)" strokeWidth="3.6" />
    </svg>
  );
}
