"use client";
// What is left when the layout itself has failed: no words, no styles, both languages.

export default function GlobalFailure({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <html lang="fr">
      <body>
        <h1>Quelque chose n’a pas marché</h1>
        <p lang="en">Something went wrong.</p>
        <button type="button" onClick={reset}>
          Réessayer · <span lang="en">Try again</span>
        </button>
      </body>
    </html>
  );
}
