/** probe/address-wrong: the application listens on loopback, where neither probe nor Service reaches it. */
import type { Cause, CauseContext, Edit } from "../../../model/cause";
import { logEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { effectOf, mainText, probeEvidence, probeFailure } from "../probe-failure";

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|::1|\[::1\]|::ffff:127\.0\.0\.1)$/i;
const inValue = /\b(?:127\.0\.0\.1|localhost)\b/;
const aboutListening = /HOST|BIND|ADDR|LISTEN|URLS|INTERFACE/i;

export const cause: Cause = {
  id: "probe/address-wrong",
  title: "The application listens on loopback only",
  needs: ["status", "log"],
  explains: ["killed/", "app/exited-cleanly", "app/exited-without-reason", "probe/application-unhealthy", "probe/too-aggressive", "probe/port-wrong"],
  messages: {
    loopback: {
      title: "The application listens on {address}:{port} only",
      explanation:
        "The {probe} probe comes from outside of the pod and is refused: {effect}. The application must listen on 0.0.0.0 (all addresses); a Service would not reach it either.",
    },
  },
  find(context) {
    const failure = probeFailure(context);
    const text = failure && mainText(failure, "refused", "grpc-unreachable");
    if (!failure || !text || failure.asks.local) return [];
    const port = failure.asks.port;
    const listens = context.seen.logs.reading?.listens ?? [];
    const inside = listens.filter((l) => l.address !== null && loopback.test(l.address) && (port === null || l.port === port));
    const outside = listens.some((l) => l.port === (port ?? inside[0]?.port) && (l.address === null || !loopback.test(l.address)));
    const found = inside[0];
    if (!found || outside) return [];
    const [first, ...rest] = probeEvidence(context, failure, text);
    return [
      {
        message: "loopback",
        args: { address: found.address!, port: found.port, probe: failure.probe, effect: effectOf(context, failure) },
        confidence: "certain",
        subject: { probe: failure.probe, host: found.address, port: found.port },
        details: { address: found.address, kills: failure.kills },
        evidence: [logEvidence(context, found.line), ...(first ? [first] : []), ...rest],
        edits: edits(context),
      },
    ];
  },
};

/** Where a literal variable or argument says loopback, it is the place to change. */
function edits(context: CauseContext): Edit[] {
  const manual: Edit = { kind: "manual", title: "Let the application listen on 0.0.0.0 (its host, bind or address setting)" };
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  if (!found) return [manual];
  const places: { path: string; value: string }[] = [];
  for (const [i, variable] of (found.container.env ?? []).entries())
    if (variable.value && inValue.test(variable.value) && aboutListening.test(variable.name))
      places.push({ path: `${found.pointer}/env/${i}/value`, value: variable.value });
  for (const list of ["command", "args"] as const)
    for (const [i, word] of (found.container[list] ?? []).entries())
      if (
        word.length < 200 &&
        inValue.test(word) &&
        (/^-{0,2}[\w-]{0,30}(?:host|bind|addr|listen)[\w-]{0,30}[= ]?/i.test(word) ||
          /^-{1,2}[\w-]{0,30}(?:host|bind|addr|listen|b|H)[\w-]{0,30}$/.test(found.container[list]![i - 1] ?? "") ||
          /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/.test(word))
      )
        places.push({ path: `${found.pointer}/${list}/${i}`, value: word });
  if (places.length !== 1) return [manual];
  const { path, value } = places[0]!;
  const after = value.replace(inValue, "0.0.0.0");
  return [
    {
      kind: "patch",
      title: "Listen on all addresses",
      target: template!.target,
      patch: [
        { op: "test", path, value },
        { op: "replace", path, value: after },
      ],
      risk: "restart",
    },
    manual,
  ];
}
