/** probe/address-wrong: the application listens on loopback, where neither probe nor Service reaches it. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import type { Container } from "../../../model/kubernetes";
import { logEvidence, specEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { type ProbeFailure, effectOf, mainText, probeEvidence, probeFailure } from "../probe-failure";

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|::1|\[::1\]|::ffff:127\.0\.0\.1)$/i;
const inValue = /\b(?:127\.0\.0\.1|localhost)\b/;
/** Names of a program's own address; a prefix such as DB_ or REDIS_ makes it another's. */
const ownAddress =
  /^(?:APP_|SERVER_|HTTP_|WEB_|LISTEN_|BIND_|API_|NUXT_|UVICORN_|FLASK_RUN_|ASPNETCORE_)?(?:HOST|HOSTNAME|BIND|ADDR|ADDRESS|LISTEN|URLS|INTERFACE|IP)$/i;
const ownFlag = /^-{1,2}(?:b|H|host|hostname|bind|bind-address|bind_ip|address|addr|listen|listen-address|http\.host|server\.address)[= ]/i;

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
    const said = listens.some((l) => l.port === port && l.address !== null);
    if (!found && !said) return bySpec(context, failure, probeEvidence(context, failure, text));
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

/** The log does not say where it listens, but its arguments or variables do, and it is up. */
function bySpec(context: CauseContext, failure: ProbeFailure, evidence: Finding["evidence"]): Finding[] {
  const container = context.case.pods[0]?.spec;
  const { reading } = context.seen.logs;
  if (!container || !reading || reading.kind === "told" || reading.kind === "empty") return [];
  const said = loopbackWords(container)[0];
  const port = failure.asks.port;
  if (!said || port === null) return [];
  return [
    {
      message: "loopback",
      args: { address: said.address, port, probe: failure.probe, effect: effectOf(context, failure) },
      confidence: "likely",
      subject: { probe: failure.probe, host: said.address, port },
      details: { address: said.address, kills: failure.kills },
      evidence: [specEvidence(context, said.text, `spec.containers[${container.name}].${said.field}`), ...evidence].slice(0, 5),
      edits: edits(context),
    },
  ];
}

/** Where a literal variable or argument says loopback, it is the place to change. */
function edits(context: CauseContext): Edit[] {
  const manual: Edit = { kind: "manual", title: "Let the application listen on 0.0.0.0 (its host, bind or address setting)" };
  const template = templateOf(context.case);
  const found = template && containerIn(template, context.case.container?.name);
  if (!found) return [manual];
  const places = loopbackWords(found.container).map(({ field, value }) => ({ path: `${found.pointer}/${field.replaceAll(".", "/")}`, value }));
  if (places.length !== 1) return [manual];
  const { path, value } = places[0]!;
  const after = value.replace(inValue, "0.0.0.0");
  return [
    {
      kind: "patch",
      title: "Listen on all addresses",
      target: template.target,
      patch: [
        { op: "test", path, value },
        { op: "replace", path, value: after },
      ],
      risk: "restart",
    },
    manual,
  ];
}

interface LoopbackWord {
  /** `env.0.value`, `args.2`. */
  field: string;
  value: string;
  address: string;
  text: string;
}
/** Literal variables and arguments that tell the program to listen on loopback; the address of another (DB_HOST) is none. */
function loopbackWords(container: Container): LoopbackWord[] {
  const found: LoopbackWord[] = [];
  const add = (field: string, value: string, text: string): void => {
    found.push({ field, value, address: inValue.exec(value)![0], text: text.slice(0, 200) });
  };
  for (const [i, { name, value }] of (container.env ?? []).entries())
    if (value && inValue.test(value) && ownAddress.test(name)) add(`env.${i}.value`, value, `${name}=${value}`);
  for (const list of ["command", "args"] as const)
    for (const [i, word] of (container[list] ?? []).entries()) {
      const before = container[list]![i - 1] ?? "";
      if (word.length < 200 && inValue.test(word) && (ownFlag.test(word) || ownFlag.test(`${before}=`)))
        add(`${list}.${i}`, word, word.startsWith("-") ? word : `${before} ${word}`);
    }
  return found;
}
