"use client";
// A form around a server action: shows its refusal, moves the focus there, keeps what was typed. Works before scripts have loaded.
import { createContext, type HTMLInputTypeAttribute, type ReactNode, useActionState, useContext, useEffect, useId, useRef, useState } from "react";
import type { FormAction, FormState } from "./form-state.ts";

const FormContext = createContext<{ readonly state: FormState; readonly pending: boolean }>({ state: {}, pending: false });

export interface ActionFormProps {
  readonly action: FormAction;
  readonly locale: string;
  readonly submit: string;
  readonly children?: ReactNode;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly submitClass?: string;
  readonly className?: string;
}

export function ActionForm({ action, locale, submit, children, hidden, submitClass = "button button-primary w-full", className = "grid gap-5" }: ActionFormProps) {
  const [state, run, pending] = useActionState(action, {});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.error === undefined) return;
    const field = state.field === undefined ? null : form.current?.elements.namedItem(state.field);
    const target = field instanceof HTMLElement ? field : form.current?.querySelector<HTMLElement>("[role=alert]");
    target?.focus();
  }, [state]);
  return (
    <FormContext value={{ state, pending }}>
      <form ref={form} action={run} className={className}>
        <input type="hidden" name="locale" value={locale} />
        {Object.entries(hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {state.error !== undefined && (
          <p role="alert" tabIndex={-1} className="alert">
            {state.error}
          </p>
        )}
        {state.done !== undefined && (
          <p role="status" className="alert alert-good">
            {state.done}
          </p>
        )}
        {state.link !== undefined && <input readOnly aria-label={state.done ?? submit} value={state.link} className="input font-mono text-sm" onFocus={(event) => event.currentTarget.select()} />}
        {children}
        <button type="submit" className={submitClass} disabled={pending}>
          {submit}
        </button>
      </form>
    </FormContext>
  );
}

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: HTMLInputTypeAttribute;
  readonly autoComplete?: string;
  readonly required?: boolean;
  readonly initial?: string;
  readonly readOnly?: boolean;
  readonly maxLength?: number;
  readonly code?: boolean;
}

export function Field({ name, label, hint, type = "text", autoComplete, required = true, initial = "", readOnly = false, maxLength = 200, code = false }: FieldProps) {
  const { state } = useContext(FormContext);
  const id = useId();
  const wrong = state.field === name && state.error !== undefined;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        required={required}
        readOnly={readOnly}
        maxLength={maxLength}
        autoComplete={autoComplete}
        {...(code && { autoCapitalize: "characters", spellCheck: false })}
        defaultValue={state.values?.[name] ?? initial}
        key={state.values?.[name] ?? initial}
        aria-invalid={wrong}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className={`input ${code ? "font-mono text-lg tracking-widest uppercase" : ""}`}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

export function PasswordField({ show, ...field }: Omit<FieldProps, "type"> & { readonly show: string }) {
  const [visible, setVisible] = useState(false);
  return (
    <div className="grid gap-2">
      <Field {...field} type={visible ? "text" : "password"} />
      <label className="flex w-fit items-center gap-2 text-sm">
        <input type="checkbox" className="size-4 accent-(--accent)" checked={visible} onChange={(event) => setVisible(event.target.checked)} />
        {show}
      </label>
    </div>
  );
}
