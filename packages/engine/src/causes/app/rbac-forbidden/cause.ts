/** app/rbac-forbidden: its ServiceAccount lacks a permission. */
import type { Cause } from "../../../model/cause";
import type { Edit } from "../../../model/cause";
import { tell } from "../../from-log";
import { signalsOf } from "../../told";

const word = /^[a-z0-9.*/-]{1,100}$/i;

/** The Role (or ClusterRole) with its binding that would allow it, as kubectl creates it. */
function grant(account: string, namespace: string, verb: string, resource: string, group: string, wide: boolean): Edit[] {
  const [ownerNamespace, name] = account.split(":");
  if (![verb, resource, ownerNamespace, name].every((w) => w && word.test(w)) || (group && !word.test(group))) return [];
  const kind = wide ? "clusterrole" : "role";
  const flag = wide ? "" : ` -n ${namespace}`;
  const of = group && group !== "core" ? `${resource}.${group}` : resource;
  const role = `kubectl create ${kind} ${name}-${verb}-${resource.replace("/", "-")} --verb=${verb} --resource=${of}${flag}`;
  const binding = `kubectl create ${kind}binding ${name}-${verb}-${resource.replace("/", "-")} --${kind}=${name}-${verb}-${resource.replace("/", "-")} --serviceaccount=${ownerNamespace}:${name}${flag}`;
  return [
    {
      kind: "command",
      title: `allow ${name} to ${verb} ${resource}`,
      command: `${role} && ${binding}`,
      risk: "none",
      note: "check first whether the program should have it",
    },
  ];
}

const id = "app/rbac-forbidden";

export const cause: Cause = {
  id,
  title: "Its ServiceAccount lacks a permission",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    told: {
      title: "{account} may not {verb} {resource}",
      explanation: "The program asks the Kubernetes API to {verb} {resource}{where}, and the API server refuses: {account} has no such permission. {outcome}",
    },
  },
  find(context) {
    return signalsOf(context, id)
      .slice(0, 1)
      .map((signal) => {
        const text = (name: string): string => String(signal.details[name] ?? "");
        const account = /system:serviceaccount:([a-z0-9.-]+:[a-z0-9.-]+)/.exec(text("user") || text("serviceAccount"))?.[1] ?? (text("serviceAccount") || "");
        const verb = text("verb") || "use";
        const resource = text("resource") || "an object";
        const namespace = text("namespace") || signal.subject.namespace || "";
        const wide = !namespace;
        // Programs in the cluster are system:serviceaccount:…; the name of a person is what kubectl was refused, in a text beside the log.
        const isPerson = text("user") !== "" && !text("user").startsWith("system:");
        return tell(context, signal, {
          confidence: isPerson ? "possible" : signal.confidence,
          args: {
            account: account ? `ServiceAccount ${account.split(":")[1]}` : "its ServiceAccount",
            verb,
            resource,
            where: namespace ? ` in namespace ${namespace}` : " in the whole cluster",
            outcome: "It gives up and ends.",
          },
          subject: {
            kind: "ServiceAccount",
            namespace: account.split(":")[0] || context.case.workload.namespace,
            name: account.split(":")[1] ?? context.case.pods[0]?.pod.spec?.serviceAccountName ?? null,
          },
          details: { serviceAccount: account || null, verb, resource, group: text("group") || null, scope: wide ? "cluster" : namespace },
          edits: account ? grant(account, namespace, verb, resource, text("group"), wide) : [],
        });
      });
  },
};
