/** dependency/service-has-no-endpoints: the Service exists, nothing ready stands behind it. */
import type { Cause } from "../../../model/cause";
import { nearest } from "../../../routine/config";
import { objectEvidence } from "../../evidence";
import { waitEvidence } from "../waiting";
import { addressText, joinedCalls } from "../target";
import { describeSource, settingEvidence, settingWith, tell } from "../../from-log";

const id = "dependency/service-has-no-endpoints";

export const cause: Cause = {
  id,
  title: "The Service that it calls has nothing ready behind it",
  needs: ["log"],
  explains: ["app/exited-without-reason", "app/exited-cleanly", "killed/unattributed", "probe/application-unhealthy", "app/uncaught-exception"],
  messages: {
    selector: {
      title: "Service {name} selects no pod",
      explanation: "The program calls {address}{via}. The Service exists, and its selector {selector} matches no pod of the namespace{near}.",
    },
    "not-ready": {
      title: "Service {name} has no ready endpoints",
      explanation: "The program calls {address}{via}. The Service exists, but none of the {pods} pods behind it is ready.",
    },
    empty: { title: "Service {name} has no endpoints", explanation: "The program calls {address}{via}. The Service exists, and nothing stands behind it." },
  },
  find(context) {
    return joinedCalls(context)
      .filter((joined) => joined.verdict === "service-has-no-endpoints")
      .slice(0, 1)
      .map((joined) => {
        const { host, port, signal } = joined;
        const target = joined.target!;
        const service = target.service!.object;
        const selector = Object.entries(service.spec?.selector ?? {});
        const text = selector.map(([k, v]) => `${k}=${v}`).join(",");
        const pods = context.view.list("Pod", target.namespace);
        const isSeen = context.view.complete("Pod", target.namespace) && pods.every((p) => p.object.metadata.labels !== undefined);
        const matchesNone = selector.length > 0 && target.pods.length === 0 && isSeen;
        const values = selector.map(([key, value]) => ({
          key,
          near: nearest(value, [...new Set(pods.map((p) => p.object.metadata.labels?.[key]).filter((v): v is string => !!v))])[0],
        }));
        const hint = values.find((v) => v.near);
        const setting = settingWith(context, host);
        return tell(context, signal, {
          message: matchesNone ? "selector" : target.pods.length ? "not-ready" : "empty",
          args: {
            address: addressText(joined),
            via: setting ? ` (${describeSource(setting)})` : "",
            selector: text,
            pods: target.pods.length,
            near: hint ? `; there are pods with ${hint.key}=${hint.near}` : "",
          },
          confidence: joined.isInferred ? "likely" : "certain",
          subject: {
            kind: "Service",
            namespace: target.namespace,
            name: target.name,
            host,
            port,
            env: setting?.env ?? null,
            similar: matchesNone && hint ? (hint.near ?? null) : null,
          },
          details: { selector: text, pods: target.pods.length, ready: target.ready },
          evidence: [
            ...waitEvidence(context, signal),
            objectEvidence(
              service,
              matchesNone ? `selector ${text} matches no pod` : `${target.ready ?? 0} ready endpoints${text ? `, selector ${text}` : ""}`,
              "spec.selector",
            ),
            ...(setting ? [settingEvidence(context, setting)] : []),
          ],
          edits:
            matchesNone && hint
              ? [
                  {
                    kind: "patch",
                    title: `let Service ${target.name} select ${hint.key}=${hint.near}`,
                    target: { kind: "Service", namespace: target.namespace, name: target.name },
                    patch: [
                      { op: "test", path: `/spec/selector/${hint.key.replaceAll("~", "~0").replaceAll("/", "~1")}`, value: service.spec!.selector![hint.key] },
                      { op: "replace", path: `/spec/selector/${hint.key.replaceAll("~", "~0").replaceAll("/", "~1")}`, value: hint.near },
                    ],
                    risk: "none",
                  },
                ]
              : [],
        });
      });
  },
};
