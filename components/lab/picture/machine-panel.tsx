"use client";
// The live picture of the machine, as a drawing or as a list; what changes is said politely.
import { useEffect, useRef, useState } from "react";
import { useWords } from "../../../lib/i18n/use-words.ts";
import type { Words } from "../../../lib/i18n/words.ts";
import type { MachinePicture } from "../../../lib/session/protocol-picture.ts";
import { MachineDrawing } from "./machine-drawing.tsx";
import { MachineOutline } from "./machine-outline.tsx";
import { stateWords } from "./picture-words.ts";

/** What came, went or changed its state: one sentence each. */
function changes(t: Words, before: MachinePicture, now: MachinePicture): string {
  const states = (picture: MachinePicture) =>
    new Map([
      ...picture.containers.map((one): [string, { kind: string; name: string; state: string }] => [`c ${one.id}`, { kind: t("picture.container"), name: one.name, state: stateWords(t, one) }]),
      ...picture.namespaces.map((one): [string, { kind: string; name: string; state: string }] => [`n ${one.name}`, { kind: t("picture.namespace"), name: one.name, state: t("picture.state_created", { code: 0 }) }]),
      ...picture.guests.map((one): [string, { kind: string; name: string; state: string }] => [`g ${one.name}`, { kind: t("picture.guest"), name: one.name, state: t(`picture.guest_${one.state}`) }]),
    ]);
  const [old, fresh] = [states(before), states(now)];
  return [
    ...[...fresh].filter(([key, one]) => old.get(key)?.state !== one.state).map(([, one]) => t("picture.said", one)),
    ...[...old].filter(([key]) => !fresh.has(key)).map(([, { kind, name }]) => t("picture.saidGone", { kind, name })),
  ].join(" ");
}

export function MachinePanel({ picture }: { readonly picture: MachinePicture | undefined }) {
  const t = useWords();
  const [form, setForm] = useState<"drawing" | "list">("drawing");
  const [said, setSaid] = useState("");
  const before = useRef<MachinePicture | undefined>(undefined);
  const words = useRef(t);
  words.current = t;
  useEffect(() => {
    if (before.current && picture) {
      const sentence = changes(words.current, before.current, picture);
      if (sentence !== "") setSaid(sentence);
    }
    before.current = picture;
  }, [picture]);
  const choice = "rounded px-2.5 py-1 text-sm font-semibold text-muted aria-pressed:bg-surface aria-pressed:text-ink";
  return (
    <section aria-label={t("picture.title")} className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex items-center gap-3 border-b border-line px-4 py-1.5">
        <h2 className="text-base">{t("picture.title")}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons of a toolbar, not a form's fields */}
        <div role="group" aria-label={t("picture.form")} className="ms-auto flex rounded-md bg-sunken p-0.5">
          <button type="button" className={choice} aria-pressed={form === "drawing"} onClick={() => setForm("drawing")}>
            {t("picture.asDrawing")}
          </button>
          <button type="button" className={choice} aria-pressed={form === "list"} onClick={() => setForm("list")}>
            {t("picture.asList")}
          </button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <div tabIndex={0} className="@container relative min-h-0 grow overflow-y-auto p-3 sm:p-4">
        {picture === undefined && <p className="text-muted">{t("picture.waiting")}</p>}
        {picture && form === "drawing" && (
          <>
            <div aria-hidden="true">
              <MachineDrawing picture={picture} />
            </div>
            <div className="sr-only">
              <MachineOutline picture={picture} />
            </div>
          </>
        )}
        {picture && form === "list" && <MachineOutline picture={picture} />}
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}
