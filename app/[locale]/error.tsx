"use client";
import { useParams } from "next/navigation";

// The words cannot be loaded where something has failed: both languages stand here.
const words = {
  fr: { title: "Quelque chose n’a pas marché", text: "Rien n’est perdu\u{a0}: votre travail est enregistré au fur et à mesure.", again: "Réessayer" },
  en: { title: "Something went wrong", text: "Nothing is lost: your work is stored as you go.", again: "Try again" },
};

export default function Failure({ reset }: { readonly error: Error; readonly reset: () => void }) {
  const { title, text, again } = words[useParams()["locale"] === "en" ? "en" : "fr"];
  return (
    <div className="page-narrow">
      <h1>{title}</h1>
      <p className="mt-3 text-muted">{text}</p>
      <button type="button" className="button mt-6" onClick={reset}>
        {again}
      </button>
    </div>
  );
}
