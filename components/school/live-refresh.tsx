"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";

/** Renders the page again on the server when something happened in the cohort: at most once a second. */
export function LiveRefresh({ source }: { readonly source: string }) {
  const t = useWords();
  const router = useRouter();
  const [state, setState] = useState<"connecting" | "live" | "lost">("connecting");
  const live = state === "live";
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const events = new EventSource(source);
    events.addEventListener("open", () => setState("live"));
    events.addEventListener("error", () => setState("lost"));
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
      {live ? t("teach.live") : state === "lost" ? t("teach.liveLost") : t("teach.liveConnecting")}
    </span>
  );
}
