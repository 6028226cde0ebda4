import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BankError, parseBank } from "./bank.ts";
import { grade, type PublicQuestion, type Question, toFeedback, toPublic } from "./question.ts";

const source = `
title: { fr: Banque, en: Bank }
questions:
  - id: one
    type: one-choice
    objective: hypervisors
    ask: { fr: "Lequel ?", en: "Which?" }
    explain: { fr: "Voilà.", en: "There." }
    choices:
      bare: { fr: Sur le matériel, en: On the hardware }
      os: { fr: Sur un système, en: On a system, why: { fr: "C'est le type 2.", en: "That is type 2." } }
      none: { fr: Nulle part, en: Nowhere, why: { fr: "Il en faut un.", en: "One is needed." } }
    right: bare
  - id: many
    type: many-choices
    objective: containers
    ask: Which?
    explain: There.
    choices:
      a: { fr: A, en: A }
      b: { fr: B, en: B }
      c: { fr: C, en: C, why: Not C. }
    right: [a, b]
  - id: fill
    type: fill-in
    objective: containers
    ask: { fr: "Quel PID ?", en: "Which PID?" }
    explain: One.
    accept: [1, "PID 1"]
    also: [{ answers: [init], why: By name. }]
    wrong: [{ answers: [0], why: Zero is the kernel's. }]
  - id: pairs
    type: match
    objective: cloud
    ask: Match.
    explain: There.
    pairs:
      - { left: IaaS, right: machines, why: Infrastructure. }
      - { left: SaaS, right: software, why: Software. }
      - { left: PaaS, right: platform, why: Platform. }
    extra: [cables]
  - id: steps
    type: order
    objective: containers
    ask: Order.
    explain: There.
    items:
      - { fr: Écrire, en: Write, why: First. }
      - { fr: Construire, en: Build, why: Then. }
      - { fr: Lancer, en: Run, why: Last. }
  - id: host
    type: on-host
    objective: containers
    ask: Do it.
    explain: There.
    host: debian-12-docker
    checks: [{ container: web }]
    feedback: { container.missing: No container. }
`;
const bank = parseBank(source, "questions.yaml");

function question(id: string): Question {
  const found = bank.questions.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
}

describe("grading", () => {
  const pairs = { pairs: Object.fromEntries([["IaaS", "machines"], ["SaaS", "software"], ["PaaS", "platform"]].map(([left, right]) => [publicId("pairs", left ?? ""), publicId("pairs", right ?? "")])) };
  const steps = { items: ["Write", "Build", "Run"].map((text) => publicId("steps", text)) };
  test.each<[string, unknown, boolean, number]>([
    ["one", { choice: "bare" }, true, 1],
    ["one", { choice: "os" }, false, 0],
    ["many", { choices: ["b", "a"] }, true, 1],
    ["many", { choices: ["a"] }, false, 0.5],
    ["many", { choices: ["a", "b", "c"] }, false, 0.5],
    ["many", { choices: [] }, false, 0],
    ["fill", { text: " 1 " }, true, 1],
    ["fill", { text: "pid 1." }, true, 1],
    ["fill", { text: "INIT" }, true, 1],
    ["fill", { text: "0" }, false, 0],
    ["pairs", pairs, true, 1],
    ["pairs", { pairs: { ...pairs.pairs, [publicId("pairs", "IaaS")]: publicId("pairs", "cables") } }, false, 2 / 3],
    ["steps", steps, true, 1],
    ["steps", { items: [...steps.items].reverse() }, false, 1 / 3],
    ["host", { attempt: "x", passed: true }, true, 1],
    ["host", { attempt: "x", passed: false, code: "container.missing" }, false, 0],
  ])("%s %j", (id, answer, correct, score) => {
    expect(grade(question(id), answer)).toMatchObject({ correct, score });
  });

  test("an answer of another form is no answer", () => {
    expect(grade(question("one"), { choice: "other" })).toBeUndefined();
    expect(grade(question("one"), { choices: ["bare"] })).toBeUndefined();
    expect(grade(question("fill"), null)).toBeUndefined();
  });

  test("each wrong choice has its own explanation, in the reader's language", () => {
    const asked = question("one");
    const graded = grade(asked, { choice: "os" });
    expect(graded && toFeedback(asked, graded, "fr")).toEqual({
      correct: false,
      score: 0,
      explanation: "Voilà.",
      notes: { bare: { right: true, why: "" }, os: { right: false, why: "C'est le type 2." }, none: { right: false, why: "Il en faut un." } },
      solution: { choice: "bare" },
    });
  });
});

function parts(asked: PublicQuestion): { id: string; text: string }[] {
  switch (asked.type) {
    case "one-choice":
    case "many-choices":
      return asked.choices;
    case "match":
      return [...asked.lefts, ...asked.rights];
    case "order":
      return asked.items;
    default:
      return [];
  }
}

function publicId(id: string, text: string): string {
  return parts(toPublic(question(id), "en", 1)).find((part) => part.text === text)?.id ?? "";
}

describe("what the browser gets", () => {
  test("no key, no explanation, for any seed", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...bank.questions), (seed, asked) => {
        const text = JSON.stringify(toPublic(asked, "en", seed));
        expect(text).not.toMatch(/why|right"|explain|accept|checks|feedback|There\.|Not C|solution/);
      }),
    );
  });

  test("the same seed gives the same order; ordering never starts solved", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(toPublic(question("one"), "fr", seed)).toEqual(toPublic(question("one"), "fr", seed));
        expect(parts(toPublic(question("steps"), "en", seed)).map((part) => part.text)).not.toEqual(["Write", "Build", "Run"]);
      }),
    );
  });
});

test("a broken bank names file, question and field", () => {
  const broken = source.replace("why: Not C.", "").replace("right: bare", "right: nothing");
  expect(() => parseBank(broken, "labs/x/questions.yaml")).toThrow(BankError);
  expect(() => parseBank(broken, "labs/x/questions.yaml")).toThrow(/labs\/x\/questions\.yaml: .*question "one": right: nothing is none of the choices.*question "many": choices\.c: a wrong choice needs its why/s);
  expect(() => parseBank("title: [", "q.yaml")).toThrow(/^q\.yaml: /);
});
