import { frenchSpaces } from "../../lib/i18n/french-spaces.ts";
import type { Locale } from "../../lib/i18n/locale.ts";
import { wordsOf } from "../../lib/i18n/words.ts";
import { type FailedVerdict, whyFailed } from "../../lib/school/verdict-words.ts";
import { Inline } from "./inline.tsx";
import { Prose } from "./prose.tsx";

/** Why a check has failed, in the reader's language. */
export function VerdictWords({ locale, ...verdict }: FailedVerdict & { readonly locale: Locale }) {
  const why = whyFailed(locale, verdict);
  if (why === undefined) return <p>{wordsOf(locale)("lab.noExplanation")}</p>;
  if ("words" in why) return <Prose nodes={why.words} />;
  return (
    <p>
      <Inline text={locale === "fr" ? frenchSpaces(why.sentence) : why.sentence} />
    </p>
  );
}
