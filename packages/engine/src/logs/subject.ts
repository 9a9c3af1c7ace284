/** From the groups of a match to subject and details. Values that lack the form of what they claim are dropped. */
import type { Detail, Subject } from "../model/report";
import { isHost, isLocal, isName, isPath, isSetting, portOf, splitAddress, unsetHost } from "./forms";
import type { Pattern } from "./patterns/pattern";

export interface Told {
  cause: string;
  subject: Partial<Subject>;
  details: Record<string, Detail>;
}
const names = new Set(["kind", "namespace", "name", "key", "image", "node"]);
/** A path that holds a model, by its folder or ending. */
const models = /\/(?:models?|weights|checkpoints?|huggingface|hub)\/|\.(?:gguf|safetensors|onnx|pt|pth|ckpt|tflite|engine|joblib|pkl|keras|h5)$/i;
const sources = /\.(?:rb|py|js|ts|mjs|cjs|php|java|go|rs|ex|exs|cs|ya?ml|toml|sql|sh)$|\/app\/models?\//i;
const files = /^(?:file:\/\/)?/;

export function told(pattern: Pattern, groups: Record<string, string>): Told {
  const subject: Partial<Subject> = { ...pattern.subject };
  const details: Record<string, Detail> = { ...pattern.details };
  let cause = pattern.cause;
  for (const [named, raw] of Object.entries(groups)) {
    const value = raw.trim();
    const group = named.replace(/\d$/, "");
    if (group === "host" || group === "address") {
      const split = group === "address" ? splitAddress(value) : { host: hostOf(value), port: null };
      if (split.port !== null) subject.port = split.port;
      if (split.host !== null) subject.host = split.host;
      const unset = unsetHost(group === "address" ? value.slice(0, value.lastIndexOf(":")) : value);
      if (unset && value !== "" && !value.startsWith(":") && cause.startsWith("dependency/")) {
        cause = "config/setting-missing";
        if (unset.env) subject.env = unset.env;
        details.host = value.slice(0, 60);
      } else if (group === "host" && value.includes("@") && cause.startsWith("dependency/")) {
        // What stands before the last `@` belongs to a password that was not encoded.
        cause = "config/setting-invalid";
        details.reason = "the password in the connection URL holds an unescaped character";
        const behind = value.slice(value.lastIndexOf("@") + 1);
        if (isHost(behind)) subject.host = behind;
      }
    } else if (group === "port") {
      const port = portOf(value);
      if (port !== null) subject.port = port;
    } else if (group === "path") {
      const path = value.replace(files, "");
      if (isPath(path)) subject.path = path;
    } else if (group === "env") {
      if (isSetting(value)) subject.env = value;
    } else if (names.has(group)) {
      if (isName(value)) (subject as Record<string, string>)[group] = value;
    } else if (value && value.length <= 400 && !/:\/\/[^/\s]*:[^/\s]*@/.test(value)) details[group] = value.slice(0, 200);
  }
  if (subject.env && !subject.key && pattern.mapping && !/^[A-Z0-9_]+$/.test(subject.env)) {
    const [key, env] = mapped(pattern.mapping, subject.env);
    subject.key = key;
    subject.env = env;
  }
  if (subject.host && isLocal(subject.host)) details.localhost = true;
  if (cause === "config/file-missing" && subject.path && models.test(subject.path) && !sources.test(subject.path)) cause = "accelerator/model-missing";
  return { cause, subject, details };
}
function mapped(mapping: NonNullable<Pattern["mapping"]>, printed: string): [string, string] {
  if (mapping === "connection") return [`ConnectionStrings:${printed}`, `ConnectionStrings__${printed}`];
  if (mapping === "dotnet") return [printed, printed.replaceAll(":", "__")];
  const name = mapping === "spring" ? printed.replaceAll("-", "") : printed;
  return [printed, name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()];
}
function hostOf(value: string): string | null {
  const bare = value.replace(/^\[|\]$/g, "").replace(/[.,;:]$/, "");
  return isHost(bare) ? bare : null;
}
