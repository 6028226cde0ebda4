// docker inspect: objects as a JSON array, or one line each through a template.

import { type Blocking, decode } from "../../kernel/sys.ts";
import { ApiError, ConnectionFailed } from "../../daemons/docker/api/client.ts";
import { compileTemplate, type CompiledTemplate, TemplateError } from "../kit/go-template/execute-template.ts";
import { fromJson } from "../kit/go-template/go-value.ts";
import { call, type DockerEnv } from "./_docker-env.ts";

/** `find` throws ApiError 404 when it is not there. */
export function* inspectAll(env: DockerEnv, names: readonly string[], format: string, find: (name: string) => Blocking<unknown>, missing: (name: string) => string): Blocking<number> {
  let template: CompiledTemplate | undefined;
  if (format !== "") {
    try {
      template = compileTemplate("", format);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      yield* env.io.err(`template parsing error: ${error.message}\n`);
      return 64;
    }
  }
  const found: unknown[] = [];
  const errors: string[] = [];
  for (const name of names) {
    try {
      found.push(yield* find(name));
    } catch (error) {
      if (error instanceof ConnectionFailed) {
        errors.push(error.message);
        break;
      }
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.status === 404 ? missing(name) : `Error response from daemon: ${error.message}`);
    }
  }
  if (template) {
    let text = "";
    try {
      for (const value of found) text += `${template.execute(fromJson(value))}\n`;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      yield* env.io.out(`${text}\n`);
      yield* env.io.err(`template parsing error: ${error.message}\n`);
      return 64;
    }
    yield* env.io.out(found.length === 0 ? "\n" : text);
  } else yield* env.io.out(`${JSON.stringify(found, null, 4)}\n`);
  if (errors.length > 0) yield* env.io.err(`${errors.join("\n")}\n`);
  return errors.length > 0 ? 1 : 0;
}

export function* getJson(env: DockerEnv, target: string): Blocking<unknown> {
  return JSON.parse(decode((yield* call(env, "GET", target)).body));
}
