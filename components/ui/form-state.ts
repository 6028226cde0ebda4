// What a form's action answers. A field's value comes back so that nothing has to be typed twice (passwords excepted).
export interface FormState {
  readonly error?: string;
  /** the field that the error is about */
  readonly field?: string;
  readonly done?: string;
  /** a secret link, shown once */
  readonly link?: string;
  readonly values?: Readonly<Record<string, string>>;
}

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
