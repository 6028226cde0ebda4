CREATE TABLE "answers" (
	"quiz_attempt_id" text NOT NULL,
	"question" text NOT NULL,
	"user_id" text NOT NULL,
	"bank" text NOT NULL,
	"answer" jsonb NOT NULL,
	"correct" boolean NOT NULL,
	"score" double precision NOT NULL,
	"seconds" integer NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "answers_quiz_attempt_id_question_pk" PRIMARY KEY("quiz_attempt_id","question")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"activity" text NOT NULL,
	"number" integer NOT NULL,
	"seed" integer NOT NULL,
	"started_at" bigint NOT NULL,
	"last_active_at" bigint NOT NULL,
	"active_seconds" integer NOT NULL,
	"ended_at" bigint,
	"epoch" integer NOT NULL,
	"entries" integer NOT NULL,
	"build" text NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cohorts" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"join_code" text NOT NULL,
	"join_open" boolean NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"email" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_by" text,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "journals" (
	"attempt_id" text NOT NULL,
	"first_entry" integer NOT NULL,
	"entries" integer NOT NULL,
	"epoch" integer NOT NULL,
	"at" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "journals_attempt_id_first_entry_pk" PRIMARY KEY("attempt_id","first_entry")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"cohort_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"joined_at" bigint NOT NULL,
	CONSTRAINT "memberships_cohort_id_user_id_pk" PRIMARY KEY("cohort_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "missed_commands" (
	"what" text NOT NULL,
	"activity" text NOT NULL,
	"times" integer NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "missed_commands_what_activity_pk" PRIMARY KEY("what","activity")
);
--> statement-breakpoint
CREATE TABLE "opened_hints" (
	"attempt_id" text NOT NULL,
	"task" text NOT NULL,
	"number" integer NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "opened_hints_attempt_id_task_number_pk" PRIMARY KEY("attempt_id","task","number")
);
--> statement-breakpoint
CREATE TABLE "quiz_attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"bank" text NOT NULL,
	"number" integer NOT NULL,
	"seed" integer NOT NULL,
	"started_at" bigint NOT NULL,
	"finished_at" bigint
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"resets_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "step_results" (
	"id" text PRIMARY KEY NOT NULL,
	"attempt_id" text NOT NULL,
	"user_id" text NOT NULL,
	"activity" text NOT NULL,
	"task" text NOT NULL,
	"passed" boolean NOT NULL,
	"code" text NOT NULL,
	"verdict" jsonb NOT NULL,
	"asked" boolean NOT NULL,
	"baseline" boolean NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"subject" text NOT NULL,
	"holder" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"password_hash" text,
	"locale" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"disabled_at" bigint
);
--> statement-breakpoint
CREATE INDEX "answers_user" ON "answers" USING btree ("user_id","bank");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_number" ON "attempts" USING btree ("user_id","activity","number");--> statement-breakpoint
CREATE INDEX "attempts_activity" ON "attempts" USING btree ("activity");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "cohorts_join_code" ON "cohorts" USING btree ("join_code");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quiz_attempts_number" ON "quiz_attempts" USING btree ("user_id","bank","number");--> statement-breakpoint
CREATE INDEX "rate_limits_resets" ON "rate_limits" USING btree ("resets_at");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "step_results_user" ON "step_results" USING btree ("user_id","activity");--> statement-breakpoint
CREATE INDEX "step_results_attempt" ON "step_results" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "tokens_expires" ON "tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tokens_subject" ON "tokens" USING btree ("purpose","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE INDEX "users_role" ON "users" USING btree ("role");