import { describe, expect, it } from "vitest";
import { generalFeedback } from "./feedback.ts";
import { words } from "./check/words.ts";
import { type LabWords, LabWordsError, parseLabWords } from "./lab-words.ts";
import { loadCatalogue } from "./load.ts";

const shape = (lab: LabWords) => [...lab.tasks].map(([id, task]) => [id, task.hints.length, [...task.when.keys()].sort()]);

describe("the catalogue on disk", () => {
  const catalogue = loadCatalogue("labs");

  it("loads, with questions", () => {
    expect([...catalogue.labs.keys()]).toContain("python-hello");
    expect(catalogue.modules[0]?.bank?.questions.length).toBeGreaterThanOrEqual(8);
    expect(catalogue.onHostQuestions.get("containers/first-container")).toMatchObject({ host: "debian-12-docker", user: "root" });
  });

  it("has the same anchors, hints and feedback codes in both languages", () => {
    for (const lab of catalogue.labs.values()) {
      expect(shape(lab.words.fr), lab.id).toEqual(shape(lab.words.en));
    }
  });
});

describe("feedback", () => {
  it("has a sentence for every code of every word", () => {
    for (const [name, word] of Object.entries(words)) for (const code of word.codes) expect(generalFeedback.has(code), `${name}: ${code}`).toBe(true);
  });
});

describe("lab words", () => {
  it.each([
    ["## A {#a}\n", "line 1: the file begins with the lab's title, # Title"],
    ["# T\n\n## No anchor\n", "line 3: a task's heading ends with its anchor, {#task-id}"],
    ["# T\n\n## A {#a}\n\n## B {#a}\n", "line 5: the anchor {#a} stands twice"],
    ["# T\n\n:::hint\nx\n:::\n", "line 3: :::hint stands outside a task"],
    ['# T\n\n## A {#a}\n\n:::when\nx\n:::\n', 'line 5: :::when needs a code, as in :::when{code="file.missing"}'],
  ])("%j is refused", (source, message) => {
    expect(() => parseLabWords(source)).toThrow(new LabWordsError(message));
  });

  it("leaves colons inside sentences alone", () => {
    const parsed = parseLabWords("# T\n\nuse python:latest here\n");
    expect(JSON.stringify(parsed.introduction)).toContain("python:latest".slice(6));
    expect(JSON.stringify(parsed.introduction)).not.toContain("Directive");
  });
});
