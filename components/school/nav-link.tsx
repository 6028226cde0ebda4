"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that says so when it leads to where one is, or above. */
export function NavLink({ href, className, exact = false, children }: { readonly href: string; readonly className: string; readonly exact?: boolean; readonly children: ReactNode }) {
  const here = usePathname();
  const current = here === href || (!exact && here.startsWith(`${href}/`));
  return (
    <Link href={href} className={className} {...(current && { "aria-current": here === href ? "page" : "true" })}>
      {children}
    </Link>
  );
}
