"use client";
import { useEffect, useState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { missedWords } from "../school/missed-words.ts";
import type { Workspace } from "./use-workspace.ts";

function useSecondsUntil(untilMs: number | undefined): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (untilMs === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  return untilMs === undefined || now === 0 ? 0 : Math.max(0, Math.ceil((untilMs - now) / 1_000));
}

/** Lost connections and notices, said politely and shown above the screen, which stays as it was. */
export function ConnectionBanner({ workspace }: { readonly workspace: Workspace }) {
  const t = useWords();
  const { connection, notice, ready } = workspace;
  const seconds = useSecondsUntil(connection.kind === "waiting" ? connection.untilMs : undefined);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const update = () => setOffline(!navigator.onLine);
    update();
    window.addEventListener("online", update);
    window.addEventListener("offline", update);
    return () => {
      window.removeEventListener("online", update);
      window.removeEventListener("offline", update);
    };
  }, []);
  // Announced once, not every second.
  const lost = connection.kind === "waiting" || (connection.kind === "connecting" && ready);
  const closed = connection.kind === "closed" ? connection.reason : undefined;
  const button = "shrink-0 rounded-md border border-terminal-muted px-3 py-1 text-sm font-semibold hover:border-terminal-ink focus-visible:outline-terminal-ink";
  return (
    <div role="status" className="empty:hidden">
      {closed !== undefined && (
        <div className="flex flex-wrap items-center gap-3 border-b border-terminal-line bg-[#3a2a17] px-3 py-2 text-sm text-[#f6d9bd]">
          <span className="grow">{t(`terminal.closed_${closed}`)}</span>
          {closed === "protocol" || closed === "signed-out" ? (
            <button type="button" className={button} onClick={() => location.reload()}>
              {t("terminal.reload")}
            </button>
          ) : (
            <button type="button" className={button} onClick={workspace.reconnect}>
              {closed === "taken-over" ? t("terminal.useHere") : t("terminal.reconnectNow")}
            </button>
          )}
        </div>
      )}
      {lost && (
        <div className="flex flex-wrap items-center gap-3 border-b border-terminal-line bg-[#3a2a17] px-3 py-2 text-sm text-[#f6d9bd]">
          <span className="grow">
            {offline ? t("terminal.offline") : connection.kind === "waiting" ? <span aria-hidden="true">{t("terminal.reconnecting", { seconds })}</span> : t("terminal.connecting")}
          </span>
          <button type="button" className={button} onClick={workspace.reconnect}>
            {t("terminal.reconnectNow")}
          </button>
        </div>
      )}
      {!lost && closed === undefined && notice && (
        <p key={notice.id} className="border-b border-terminal-line bg-[#12303a] px-3 py-2 text-sm text-[#c3eaee]">
          {t(`notices.${notice.code}`, { ...notice.facts, what: missedWords(t, String(notice.facts["what"] ?? "")) })}
        </p>
      )}
    </div>
  );
}
