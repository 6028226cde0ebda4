"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

/** Renders the page again on the server when something happened in the cohort: at most once a second. */
export function LiveRefresh({ source }: { readonly source: string }) {
  const t = useWords();
  const router = useRouter();
  const [live, setLive] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const events = new EventSource(source);
    events.addEventListener("open", () => setLive(true));
    events.addEventListener("error", () => setLive(false));
    events.addEventListener("message", () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, 700);
    });
    return () => {
      clearTimeout(timer);
      events.close();
    };
  }, [source, router]);
  return (
    <span className={`badge ${live ? "badge-good" : ""}`}>
      <span aria-hidden="true" className={`size-2 rounded-full ${live ? "bg-good" : "bg-line-strong"}`} />
      {live ? t("teach.live") : t("teach.liveLost")}
    </span>
  );
}
