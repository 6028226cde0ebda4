// Pieces of compiled program: a piece that never waits is a plain function, one that may wait is a generator. Pieces made of others wait when one of them does.

import type { Blocking } from "../../kernel/sys.ts";
import type { Value } from "./_value.ts";

export type Code<T = Value> = { readonly waits: false; readonly at: () => T } | { readonly waits: true; readonly at: () => Blocking<T> };

export function plain<T>(at: () => T): Code<T> {
  return { waits: false, at };
}

export function waiting<T>(at: () => Blocking<T>): Code<T> {
  return { waits: true, at };
}

export function* evaluate<T>(code: Code<T>): Blocking<T> {
  return code.waits ? yield* code.at() : code.at();
}

export function with1<A, T>(a: Code<A>, make: (a: A) => T): Code<T> {
  if (!a.waits) {
    const { at } = a;
    return plain(() => make(at()));
  }
  return waiting(function* () {
    return make(yield* a.at());
  });
}

export function with2<A, B, T>(a: Code<A>, b: Code<B>, make: (a: A, b: B) => T): Code<T> {
  if (!a.waits && !b.waits) {
    const first = a.at;
    const second = b.at;
    return plain(() => {
      const x = first();
      return make(x, second());
    });
  }
  return waiting(function* () {
    const x = yield* evaluate(a);
    return make(x, yield* evaluate(b));
  });
}

export function withAll<A, T>(list: readonly Code<A>[], make: (values: A[]) => T): Code<T> {
  if (list.every((one) => !one.waits)) {
    return plain(() => {
      const values: A[] = [];
      for (const one of list) if (!one.waits) values.push(one.at());
      return make(values);
    });
  }
  return waiting(function* () {
    const values: A[] = [];
    for (const one of list) values.push(yield* evaluate(one));
    return make(values);
  });
}

/** What waits by itself, with values of others. */
export function waitingAll<A, T>(list: readonly Code<A>[], make: (values: A[]) => Blocking<T>): Code<T> {
  return waiting(function* () {
    const values: A[] = [];
    for (const one of list) values.push(yield* evaluate(one));
    return yield* make(values);
  });
}
