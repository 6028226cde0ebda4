"use client";
import { useActionState } from "react";
import { useWords } from "../../lib/i18n/use-words.ts";
import { changePerson } from "./administration-actions.ts";

export interface PersonRowProps {
  readonly locale: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: "guest" | "learner" | "instructor" | "administrator";
  readonly lastSeen: string;
  readonly disabled: boolean;
  readonly self: boolean;
}

/** A person and what an administrator may do to them. */
export function PersonRow({ locale, id, name, email, role, lastSeen, disabled, self }: PersonRowProps) {
  const t = useWords();
  const [state, run, pending] = useActionState(changePerson, {});
  const roles = ["learner", "instructor", "administrator"] as const;
  return (
    <li className="px-5 py-4">
      <form action={run} className="flex flex-wrap items-center gap-x-2 gap-y-3">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="person" value={id} />
        <div className={self ? "grow" : "basis-full"}>
          <p className="font-semibold">
            {name} {disabled && <span className="badge badge-copper ms-1">{t("admin.disabled")}</span>}
          </p>
          <p className="text-sm text-muted">
            {email} · {t("admin.lastSeen")} {lastSeen}
          </p>
        </div>
        {!self && (
          <>
            <span className="flex gap-2">
              <select name="role" defaultValue={role} className="input h-8 min-h-0 w-auto py-0 text-sm" aria-label={t("admin.setRole", { name })}>
                {roles.map((one) => (
                  <option key={one} value={one}>
                    {t(`common.roles_${one}`)}
                  </option>
                ))}
              </select>
              <button type="submit" name="do" value="role" className="button button-small" disabled={pending}>
                {t("common.save")}
              </button>
            </span>
            <button type="submit" name="do" value="password-link" className="button button-small" disabled={pending}>
              {t("admin.passwordLink")}
            </button>
            <button type="submit" name="do" value="sign-out" className="button button-small" disabled={pending}>
              {t("admin.signOutPerson")}
            </button>
            <button type="submit" name="do" value={disabled ? "enable" : "disable"} className={`button button-small ${disabled ? "" : "button-danger"}`} disabled={pending}>
              {disabled ? t("admin.enable") : t("admin.disable")}
            </button>
          </>
        )}
        {self && <span className="badge">{t(`common.roles_${role}`)}</span>}
      </form>
      {state.error !== undefined && (
        <p role="alert" className="alert mt-3">
          {state.error}
        </p>
      )}
      {state.done !== undefined && (
        <p role="status" className="alert alert-good mt-3">
          {state.done}
        </p>
      )}
      {state.link !== undefined && <input readOnly value={state.link} aria-label={state.done ?? ""} className="input mt-2 font-mono text-sm" onFocus={(event) => event.currentTarget.select()} />}
    </li>
  );
}
