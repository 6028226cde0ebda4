// Every table, once for both dialects. Ids are text made by the program; times are milliseconds. What can be derived (progress, item
// statistics, time spent) is derived from these rows, never kept beside them.
import type { Columns } from "./columns.ts";

export function define(c: Columns) {
  const users = c.table(
    "users",
    {
      id: c.id("id"),
      /** guest, learner, instructor, administrator */
      role: c.text("role").notNull(),
      name: c.text("name").notNull(),
      /** lower case; null for a guest */
      email: c.text("email"),
      passwordHash: c.text("password_hash"),
      locale: c.text("locale").notNull(),
      createdAt: c.instant("created_at").notNull(),
      lastSeenAt: c.instant("last_seen_at").notNull(),
      disabledAt: c.instant("disabled_at"),
    },
    (t) => [c.uniqueIndex("users_email").on(t.email), c.index("users_role").on(t.role)],
  );

  /** Sign-ins. The id is the `sid` of the cookie's token: no row, or a revoked one, means signed out. */
  const sessions = c.table(
    "sessions",
    {
      id: c.id("id"),
      userId: c.text("user_id").notNull(),
      userAgent: c.text("user_agent").notNull(),
      createdAt: c.instant("created_at").notNull(),
      lastSeenAt: c.instant("last_seen_at").notNull(),
      expiresAt: c.instant("expires_at").notNull(),
      revokedAt: c.instant("revoked_at"),
    },
    (t) => [c.index("sessions_user").on(t.userId)],
  );

  /** One-use tokens by the SHA-256 of their secret: first administrator, invitations, password links, workspace tickets. */
  const tokens = c.table(
    "tokens",
    {
      hash: c.id("hash"),
      /** set-up, invitation, password, ticket */
      purpose: c.text("purpose").notNull(),
      /** what it is for: a user, an attempt */
      subject: c.text("subject").notNull(),
      /** the user that alone may use it; empty for anyone who holds it */
      holder: c.text("holder").notNull(),
      createdAt: c.instant("created_at").notNull(),
      expiresAt: c.instant("expires_at").notNull(),
      usedAt: c.instant("used_at"),
    },
    (t) => [c.index("tokens_expires").on(t.expiresAt), c.index("tokens_subject").on(t.purpose, t.subject)],
  );

  const invitations = c.table(
    "invitations",
    {
      id: c.id("id"),
      role: c.text("role").notNull(),
      email: c.text("email").notNull(),
      tokenHash: c.text("token_hash").notNull(),
      invitedBy: c.text("invited_by").notNull(),
      createdAt: c.instant("created_at").notNull(),
      expiresAt: c.instant("expires_at").notNull(),
      acceptedBy: c.text("accepted_by"),
      withdrawnAt: c.instant("withdrawn_at"),
    },
    (t) => [c.uniqueIndex("invitations_token").on(t.tokenHash)],
  );

  const cohorts = c.table(
    "cohorts",
    {
      id: c.id("id"),
      name: c.text("name").notNull(),
      joinCode: c.text("join_code").notNull(),
      joinOpen: c.flag("join_open").notNull(),
      createdBy: c.text("created_by").notNull(),
      createdAt: c.instant("created_at").notNull(),
      archivedAt: c.instant("archived_at"),
    },
    (t) => [c.uniqueIndex("cohorts_join_code").on(t.joinCode)],
  );

  const memberships = c.table(
    "memberships",
    {
      cohortId: c.text("cohort_id").notNull(),
      userId: c.text("user_id").notNull(),
      /** learner, instructor */
      role: c.text("role").notNull(),
      joinedAt: c.instant("joined_at").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.cohortId, t.userId] }), c.index("memberships_user").on(t.userId)],
  );

  /** A learner's go at an activity: "lab:LAB" or "question:MODULE/QUESTION". A reset ends it and makes the next. */
  const attempts = c.table(
    "attempts",
    {
      id: c.id("id"),
      userId: c.text("user_id").notNull(),
      activity: c.text("activity").notNull(),
      number: c.integer("number").notNull(),
      seed: c.integer("seed").notNull(),
      startedAt: c.instant("started_at").notNull(),
      lastActiveAt: c.instant("last_active_at").notNull(),
      activeSeconds: c.integer("active_seconds").notNull(),
      endedAt: c.instant("ended_at"),
      /** journal: who may write it, how far it is, what made its output */
      epoch: c.integer("epoch").notNull(),
      entries: c.integer("entries").notNull(),
      build: c.text("build").notNull(),
      digest: c.text("digest").notNull(),
    },
    (t) => [c.uniqueIndex("attempts_number").on(t.userId, t.activity, t.number), c.index("attempts_activity").on(t.activity)],
  );

  const journals = c.table(
    "journals",
    {
      attemptId: c.text("attempt_id").notNull(),
      firstEntry: c.integer("first_entry").notNull(),
      entries: c.integer("entries").notNull(),
      epoch: c.integer("epoch").notNull(),
      at: c.instant("at").notNull(),
      bytes: c.bytes("bytes").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.attemptId, t.firstEntry] })],
  );

  /** Every verdict that changed or was asked for. A step is passed when one of its rows passed. */
  const stepResults = c.table(
    "step_results",
    {
      id: c.id("id"),
      attemptId: c.text("attempt_id").notNull(),
      userId: c.text("user_id").notNull(),
      activity: c.text("activity").notNull(),
      task: c.text("task").notNull(),
      passed: c.flag("passed").notNull(),
      code: c.text("code").notNull(),
      verdict: c.json("verdict").notNull(),
      asked: c.flag("asked").notNull(),
      /** what a fresh machine answers: no failure of anybody */
      baseline: c.flag("baseline").notNull(),
      at: c.instant("at").notNull(),
    },
    (t) => [c.index("step_results_user").on(t.userId, t.activity), c.index("step_results_attempt").on(t.attemptId)],
  );

  const openedHints = c.table(
    "opened_hints",
    {
      attemptId: c.text("attempt_id").notNull(),
      task: c.text("task").notNull(),
      /** from 1 */
      number: c.integer("number").notNull(),
      at: c.instant("at").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.attemptId, t.task, t.number] })],
  );

  /** Commands of Debian that learners typed and that are not simulated. */
  const missedCommands = c.table(
    "missed_commands",
    { what: c.text("what").notNull(), activity: c.text("activity").notNull(), times: c.integer("times").notNull(), lastAt: c.instant("last_at").notNull() },
    (t) => [c.primaryKey({ columns: [t.what, t.activity] })],
  );

  const quizAttempts = c.table(
    "quiz_attempts",
    {
      id: c.id("id"),
      userId: c.text("user_id").notNull(),
      bank: c.text("bank").notNull(),
      number: c.integer("number").notNull(),
      seed: c.integer("seed").notNull(),
      startedAt: c.instant("started_at").notNull(),
      finishedAt: c.instant("finished_at"),
    },
    (t) => [c.uniqueIndex("quiz_attempts_number").on(t.userId, t.bank, t.number)],
  );

  const answers = c.table(
    "answers",
    {
      quizAttemptId: c.text("quiz_attempt_id").notNull(),
      question: c.text("question").notNull(),
      userId: c.text("user_id").notNull(),
      bank: c.text("bank").notNull(),
      answer: c.json("answer").notNull(),
      correct: c.flag("correct").notNull(),
      /** 0 to 1 */
      score: c.real("score").notNull(),
      seconds: c.integer("seconds").notNull(),
      at: c.instant("at").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.quizAttemptId, t.question] }), c.index("answers_user").on(t.userId, t.bank)],
  );

  /** Who did what to whom. Written by the actions that change rights or people; never holds a secret. */
  const auditLog = c.table(
    "audit_log",
    {
      id: c.id("id"),
      at: c.instant("at").notNull(),
      actor: c.text("actor").notNull(),
      action: c.text("action").notNull(),
      subject: c.text("subject").notNull(),
      detail: c.json("detail").notNull(),
    },
    (t) => [c.index("audit_log_at").on(t.at)],
  );

  const settings = c.table("settings", { name: c.id("name"), value: c.json("value").notNull() });

  /** A counter per key and window of time. */
  const rateLimits = c.table("rate_limits", { key: c.id("key"), count: c.integer("count").notNull(), resetsAt: c.instant("resets_at").notNull() }, (t) => [
    c.index("rate_limits_resets").on(t.resetsAt),
  ]);

  return { users, sessions, tokens, invitations, cohorts, memberships, attempts, journals, stepResults, openedHints, missedCommands, quizAttempts, answers, auditLog, settings, rateLimits };
}

export type Tables = ReturnType<typeof define>;
