// What drizzle-kit reads to write drizzle/migrations/sqlite.
import { sqlite } from "./columns.ts";
import { define } from "./tables.ts";

export const { users, sessions, tokens, invitations, cohorts, memberships, attempts, journals, stepResults, openedHints, missedCommands, quizAttempts, answers, auditLog, settings, rateLimits } = define(sqlite);
