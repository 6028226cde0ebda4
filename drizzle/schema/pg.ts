// What drizzle-kit reads to write drizzle/migrations/pg.
import { isColumns, pg } from "./columns.ts";
import { define } from "./tables.ts";

const columns: object = pg;
if (!isColumns(columns)) throw new Error("drizzle/schema/columns.ts: pg lacks a kind of column");
export const { users, sessions, tokens, invitations, cohorts, memberships, attempts, journals, stepResults, openedHints, missedCommands, quizAttempts, answers, auditLog, settings, rateLimits } = define(columns);
