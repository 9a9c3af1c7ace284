/** Secrets planted where people really leave them, to prove that no output shows one. All are invented. */
import type { KubernetesObject, Pod } from "@unloop/engine/model/kubernetes";
import type { Given } from "./case-files";

const password = ["tr0ub4", "dor", "planted"].join("-");
const token = ["ghp", "Pl4ntedPl4ntedPl4ntedPl4ntedPl4nted1"].join("_");

export const planted = [password, token, Buffer.from(password).toString("base64").replace(/=+$/, "")];

/** The same input with secrets in env, arguments, annotations and logs. */
export function plant(given: Given): Given {
  const line = `connecting to postgres://app:${password}@db:5432/shop with Authorization: Bearer ${token}\n`;
  return {
    ...given,
    ...(given.objects && { objects: given.objects.map(plantObject) }),
    ...(given.logs && { logs: given.logs.map((log) => ({ ...log, text: line + log.text })) }),
    ...(given.log !== undefined && { log: line + given.log }),
  };
}

function plantObject<T extends KubernetesObject>(object: T): T {
  const copy = structuredClone(object);
  copy.metadata.annotations = {
    ...copy.metadata.annotations,
    "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ env: [{ name: "DB_PASSWORD", value: password }] }),
  };
  const spec = (copy as Pod).spec;
  for (const container of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]) {
    container.env = [
      ...(container.env ?? []),
      { name: "PLANTED_PASSWORD", value: password },
      { name: "PLANTED_URL", value: `postgres://app:${password}@db:5432/shop` },
      { name: "PLANTED_TOKEN", value: token },
    ];
    if (container.args) container.args = [...container.args, `--password=${password}`];
  }
  return copy;
}
