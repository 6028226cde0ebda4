import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseBank } from "../quiz/bank.ts";
import { acceptInvitation, administratorLink, createAdministrator, createGuest, invitationOf, signUp } from "./accounts.ts";
import { openAttempt, openedHints, openNextHint } from "./attempts.ts";
import { catalogue } from "./catalogue.ts";
import { cohort, cohortOfCode, createCohort, learnersOfCohort, openJoin } from "./cohorts.ts";
import { journalStore } from "./journal-store.ts";
import { recordVerdicts } from "./observer.ts";
import { changeRole, disablePerson, invite } from "./people.ts";
import { failedChecks, progressOf } from "./progress.ts";
import { answerQuestion, openQuizAttempt } from "./quiz-attempts.ts";
import { spend } from "./rate-limit.ts";
import { requireReaderOfAttempt, requireTeacherOf, requireTeacherOfLearner } from "./require.ts";
import { csvCell, resultsCsv } from "./results-csv.ts";
import { authenticate, changePassword } from "./sign-in.ts";
import { endAllSignIns, startSignIn, type Viewer, viewerOfSid } from "./sign-ins.ts";
import { openStore, type Store, useStore } from "./store.ts";
import { issueToken, redeemToken } from "./tokens.ts";

const folder = mkdtempSync(path.join(tmpdir(), "hote-school-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = process.env["HOTE_TEST_DATABASE_URL"];
const dialects: readonly (readonly [string, () => Promise<Store>])[] = [
  ["sqlite", () => openStore({ folder, migrate: true })],
  ...(url === undefined ? [] : [["postgresql", () => openStore({ url, migrate: true })] as const]),
];

const bank = parseBank(
  `title: B
questions:
  - { id: pid, type: fill-in, objective: o, ask: PID?, accept: [1], wrong: [{ answers: [0], why: kernel }], explain: One. }
  - { id: two, type: fill-in, objective: o, ask: Two?, accept: [2], wrong: [{ answers: [0], why: kernel }], explain: Two. }`,
  "b.yaml",
);

describe.each(dialects)("%s", (_name, open) => {
  let s: Store;
  beforeAll(async () => {
    s = await open();
    useStore(s);
    for (const table of [s.users, s.sessions, s.tokens, s.invitations, s.cohorts, s.memberships, s.attempts, s.journals, s.stepResults, s.openedHints, s.quizAttempts, s.answers, s.auditLog, s.settings, s.rateLimits]) await s.db.delete(table);
  });
  afterAll(async () => await s.close());

  const person = (name: string) => ({ name, email: `${name}@School.example`, password: "correct horse battery", locale: "fr" });
  const viewer = async (id: string): Promise<Viewer> => {
    const found = await viewerOfSid(await startSignIn(id, "test"));
    if (!found) throw new Error("no viewer");
    return found;
  };

  test("from the first administrator to a learner in a cohort", async () => {
    const link = await administratorLink();
    expect(link).toBeDefined();
    const admin = await createAdministrator(link ?? "", person("ada"));
    expect(await administratorLink()).toBeUndefined();
    await expect(createAdministrator(link ?? "", person("eve"))).rejects.toMatchObject({ code: "bad-link" });
    await expect(changeRole(admin, admin, "learner")).rejects.toMatchObject({ code: "last-administrator" });

    const secret = await invite(admin, "Ivo@School.example", "instructor");
    expect(await invitationOf(secret)).toEqual({ email: "ivo@school.example", role: "instructor", invitedBy: "ada" });
    const ivo = await acceptInvitation(secret, person("ivo"));
    await expect(acceptInvitation(secret, person("eve"))).rejects.toMatchObject({ code: "bad-link" });

    const id = await createCohort(ivo, " LPIC spring ");
    const { joinCode, name } = await cohort(id);
    expect(name).toBe("LPIC spring");
    expect(joinCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(await cohortOfCode(joinCode.toLowerCase().replace("-", " "))).toEqual({ id, name: "LPIC spring" });

    const guest = await createGuest("fr");
    const worked = await openAttempt(guest, "lab:python-hello");
    const lea = await signUp(person("lea"), { code: joinCode, guest });
    expect(lea).toBe(guest);
    expect((await openAttempt(lea, "lab:python-hello")).attempt).toBe(worked.attempt);
    expect((await learnersOfCohort(id)).map((row) => row.name)).toEqual(["lea"]);
    await expect(signUp(person("LEA"), { code: "", guest: undefined })).rejects.toMatchObject({ code: "email-taken" });
    await expect(signUp(person("max"), { code: "AAAA-AAAA", guest: undefined })).rejects.toMatchObject({ code: "bad-code" });
    await openJoin(ivo, id, false);
    expect(await cohortOfCode(joinCode)).toBeUndefined();

    const other = await signUp(person("max"), { code: "", guest: undefined });
    await expect(requireTeacherOf(await viewer(lea), id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(requireTeacherOfLearner(await viewer(ivo), id, other)).rejects.toMatchObject({ code: "not-found" });
    await expect(requireReaderOfAttempt(await viewer(other), { user: lea })).rejects.toMatchObject({ code: "forbidden" });
    expect((await requireReaderOfAttempt(await viewer(ivo), { user: lea })).id).toBe(ivo);

    const fresh = [{ task: "build", passed: false, code: "docker.missing" }, { task: "run", passed: false, code: "docker.missing" }];
    await recordVerdicts(worked, fresh, false);
    expect((await progressOf([lea])).get(lea)).toEqual(new Map());
    await recordVerdicts(worked, fresh, false);
    await recordVerdicts(worked, [{ task: "build", passed: false, code: "image.missing" }], true);
    await recordVerdicts(worked, [{ task: "build", passed: false, code: "image.missing" }], true);
    await recordVerdicts(worked, [{ task: "build", passed: false, code: "image.missing" }, { task: "run", passed: true }], false);
    expect((await progressOf([lea])).get(lea)?.get("lab:python-hello#build")).toMatchObject({ passed: false, failures: 2 });
    expect((await progressOf([lea])).get(lea)?.get("lab:python-hello#run")).toMatchObject({ passed: true, failures: 0 });
    expect(await failedChecks(lea)).toMatchObject([{ task: "build", code: "image.missing", times: 2 }]);
    const csv = await resultsCsv(id, [{ kind: "lab", id: "x", title: "Lab", columns: [{ key: "lab:python-hello#run", title: "Run, then" }] }], { name: "Name", email: "E-mail", minutes: "Minutes", lastSeen: "Seen" });
    expect(csv).toMatch(/^\u{feff}Name,E-mail,Minutes,Seen,"Lab: Run, then"\r\nlea,lea@school\.example,0,[^,]+,1\r\n$/u);
  });

  test("passwords, sign-ins, their end", async () => {
    const id = await authenticate(" LEA@school.example", "correct horse battery", "::1");
    const sid = await startSignIn(id, "test");
    const elsewhere = await startSignIn(id, "test");
    await expect(authenticate("lea@school.example", "wrong", "::1")).rejects.toMatchObject({ code: "wrong-password" });
    await expect(authenticate("nobody@school.example", "wrong", "::1")).rejects.toMatchObject({ code: "wrong-password" });
    await expect(changePassword(id, sid, "correct horse battery", "motdepasse")).rejects.toMatchObject({ code: "weak-password" });
    await changePassword(id, sid, "correct horse battery", "another good phrase");
    expect((await viewerOfSid(sid))?.id).toBe(id);
    expect(await viewerOfSid(elsewhere)).toBeUndefined();
    await endAllSignIns(id);
    expect(await viewerOfSid(sid)).toBeUndefined();
    await disablePerson("admin", id, true);
    await expect(authenticate("lea@school.example", "another good phrase", "::1")).rejects.toMatchObject({ code: "disabled" });
  });

  test("a token works once, for its holder, for its purpose", async () => {
    const ticket = await issueToken("ticket", "attempt", "lea", 60_000);
    expect(await redeemToken("ticket", ticket, "eve")).toBeUndefined();
    expect(await redeemToken("set-up", ticket, "lea")).toBeUndefined();
    expect(await Promise.all([redeemToken("ticket", ticket, "lea"), redeemToken("ticket", ticket, "lea")])).toContain("attempt");
    expect(await redeemToken("ticket", ticket, "lea")).toBeUndefined();
    expect(await redeemToken("ticket", await issueToken("ticket", "attempt", "lea", -1), "lea")).toBeUndefined();
  });

  test("a rate limit", async () => {
    await spend("x", 2, 60_000);
    await spend("x", 2, 60_000);
    await expect(spend("x", 2, 60_000)).rejects.toMatchObject({ code: "too-many" });
  });

  test("a journal is written by the holder of its lease only, and without gaps", async () => {
    const { attempt } = await openAttempt("nobody", "lab:x");
    const first = await journalStore.take(attempt);
    expect(await journalStore.stamp(attempt)).toBeUndefined();
    await journalStore.append(first, { firstEntry: 0, entries: 2, bytes: new Uint8Array([1, 2]) }, "b1", "d1");
    await expect(journalStore.append(first, { firstEntry: 0, entries: 1, bytes: new Uint8Array([9]) }, "b1", "d1")).rejects.toThrow();
    const second = await journalStore.take(attempt);
    await expect(journalStore.append(first, { firstEntry: 2, entries: 1, bytes: new Uint8Array([9]) }, "b1", "d1")).rejects.toMatchObject({ name: "LeaseLost" });
    await journalStore.append(second, { firstEntry: 2, entries: 1, bytes: new Uint8Array([3]) }, "b2", "d2");
    expect(await journalStore.read(attempt)).toEqual([
      { firstEntry: 0, entries: 2, bytes: new Uint8Array([1, 2]) },
      { firstEntry: 2, entries: 1, bytes: new Uint8Array([3]) },
    ]);
    expect(await journalStore.stamp(attempt)).toEqual({ build: "b2", digest: "d2" });
    const anew = await journalStore.startAnew(second);
    await expect(journalStore.startAnew(first)).rejects.toMatchObject({ name: "LeaseLost" });
    expect((await openAttempt("nobody", "lab:x")).attempt).toBe(anew.attempt.attempt);
  });

  test("hints open one at a time and no further than there are", async () => {
    for (const expected of [1, 2, 2]) expect(await openNextHint("a", "build", 2)).toBe(expected);
    expect(await openedHints("a")).toEqual(new Map([["build", 2]]));
  });

  test("an answer counts once, and the bank ends with its last question", async () => {
    const going = await openQuizAttempt("lea", "b");
    const answering = { userId: "lea", bank: "b", quizAttemptId: going.id, questions: bank.questions, questionId: "pid", given: { text: "1" }, seconds: 4, locale: "en" as const };
    expect(await answerQuestion(answering)).toMatchObject({ correct: true, explanation: "One." });
    await expect(answerQuestion(answering)).rejects.toMatchObject({ code: "already-answered" });
    await expect(answerQuestion({ ...answering, userId: "eve", questionId: "two" })).rejects.toMatchObject({ code: "not-found" });
    expect((await openQuizAttempt("lea", "b")).id).toBe(going.id);
    expect(await answerQuestion({ ...answering, questionId: "two", given: { text: "0" } })).toMatchObject({ correct: false, notes: { text: { right: false, why: "kernel" } } });
    expect((await openQuizAttempt("lea", "b")).number).toBe(2);
  });
});

test.each([
  ["plain", "plain"],
  ['a "b", c', '"a ""b"", c"'],
  ["=1+1", "'=1+1"],
  [3, "3"],
])("csv cell %j", (value, text) => expect(csvCell(value)).toBe(text));

test("French words of labs and questions are set as French is", () => {
  const { labs, modules } = catalogue();
  const lab = labs.get("python-hello");
  expect(lab?.words.fr.title).toBe("Votre première image\u{a0}: python-hello");
  expect(lab?.words.en.title).toBe("Your first image: python-hello");
  expect(JSON.stringify(modules.map((module) => module.bank?.questions.map((question) => question.ask.fr)))).not.toMatch(/ [?;!:]|\p{L}'\p{L}/u);
});
