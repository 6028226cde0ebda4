// Recorded from at 3.2.5 on Sunday 2026-11-22 at 09:46.
import fc from "fast-check";
import { expect, test } from "vitest";
import { strftime, civilAt } from "../kit/time-format.ts";
import { UTC } from "../kit/zones.ts";
import { GarbledTime, parseTimeSpecification } from "./_time-specification.ts";

const NOW = 1_795_340_760;

function when(text: string): string {
  try {
    return strftime("%a %b %e %H:%M:%S %Y", civilAt(UTC, parseTimeSpecification(text, UTC, NOW)));
  } catch (error) {
    if (!(error instanceof GarbledTime)) throw error;
    return `${error.message} ${error.token ?? ""}`;
  }
}

test.each([
  ["now + 1 hour", "Sun Nov 22 10:46:00 2026"], ["23:59 tomorrow", "Mon Nov 23 23:59:00 2026"], ["midnight", "Mon Nov 23 00:00:00 2026"], ["teatime", "Sun Nov 22 16:00:00 2026"], ["10am Jul 31", "Sat Jul 31 10:00:00 2027"], ["4pm + 3 days", "Wed Nov 25 16:00:00 2026"], ["next week", "Sun Nov 29 09:46:00 2026"],
  ["1800 friday", "Fri Nov 27 18:00:00 2026"], ["12.12.27", "Sun Dec 12 09:46:00 2027"], ["9:30 PM 123127", "Fri Dec 31 21:30:00 2027"], ["9:30pm tomorrow + 2 hours", "Mon Nov 23 23:30:00 2026"], ["3 Dec", "Thu Dec  3 09:46:00 2026"], ["12:00 sunday", "Sun Nov 29 12:00:00 2026"], ["monday", "Mon Nov 23 09:46:00 2026"], ["11/30/26", "Mon Nov 30 09:46:00 2026"],
  ["foo", "syntax error. f"], ["25:00", "Problem in hours specification. 25:00"], ["now + 3", "syntax error. 3"], ["now tomorrow", "syntax error. tomorrow"], ["9", "syntax error. 9"], ["now + 1 month", "Tue Dec 22 09:46:00 2026"], ["noon 2027-01-01", "Fri Jan  1 12:00:00 2027"],
])("%s", (text, expected) => {
  expect(when(text)).toBe(expected);
});

test("any words end in a time or a message", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom("now", "+", "-", "3", "12", "1200", ":", "am", "pm", "next", "week", "days", "jul", "friday", "/", "."), { maxLength: 7 }), (words) => {
    expect(when(words.join(" "))).not.toBe("");
  }));
});
