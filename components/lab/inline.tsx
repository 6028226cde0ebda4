import { Fragment } from "react";

/** One sentence with `code` and *emphasis*: questions, choices, general feedback. */
export function Inline({ text }: { readonly text: string }) {
  return text.split(/(`[^`]+`|\*[^*\s][^*]*\*)/).map((part, place) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) {
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's parts never move
        <code key={place} lang="en" translate="no" className="code">
          {part.slice(1, -1)}
        </code>
      );
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (part.length > 2 && part.startsWith("*") && part.endsWith("*")) return <em key={place}>{part.slice(1, -1)}</em>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return <Fragment key={place}>{part}</Fragment>;
  });
}
