import type { Cause, CauseContext } from "../../../model/cause";
import type { Container } from "../../../model/kubernetes";
import type { Evidence } from "../../../model/report";
import { formatQuantity, parseQuantity } from "../../../scheduling/quantity";
import { eventEvidence, specEvidence, statusEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";

/** runc (process_linux.go), and CRI-O (cgmgr_linux.go), which says how much it takes at least. */
const tooLow = /init was OOM-killed|memory limit too low|set memory limit (\d{1,20}) too low; should be at least (\d{1,20}) bytes/;
/** What else runc says when its own start does not fit the limit; these words alone may have other reasons. */
const broken =
  /(?:read init-p|reading from init|waiting for init preliminary setup|sync pipe).{0,80}(?:connection reset by peer|EOF|broken pipe)|memory\.(?:limit_in_bytes|max).{0,60}(?:device or resource busy|cannot allocate memory)|unable to start container process: .{0,80}cannot allocate memory/;
/** Projected volumes are tmpfs, as large as the memory limit: with a few bytes not even the token fits. */
const noRoom = /^MountVolume\.SetUp failed for volume "[^"]{1,253}" ?: [\s\S]{0,600}no space left on device/;
/** Bytes below which runc itself (4 to 8 MiB while it starts a container) has no room. */
const tiny = 16 * 2 ** 20;
/** Nobody means so few: a unit is missing. */
const absurd = 2 ** 20;

export const cause: Cause = {
  id: "memory/limit-below-runtime",
  title: "The memory limit is too small to start anything in it",
  needs: ["status"],
  explains: ["node/sandbox-failed", "start/runtime-failure", "memory/limit-exceeded", "storage/mount-failed"],
  messages: {
    low: {
      title: "The memory limit of {limit} is too small even to start the container",
      explanation:
        "The container runtime itself needs a few MiB inside the limit before the program begins, and was killed at {limit}. Nothing of the program ran. A missing unit is the usual reason (64 instead of 64Mi); allow at least {least}.",
    },
  },
  find(context) {
    const told = saidBy(context);
    if (!told) return [];
    const limited = smallest(context);
    const minimum = told.match?.[2] ? Number(told.match[2]) : null;
    const bytes = limited?.bytes ?? (told.match?.[1] ? Number(told.match[1]) : null);
    if (!told.match && (bytes === null || bytes > tiny)) return [];
    const limit = bytes === null ? "its size" : formatQuantity("memory", bytes);
    const evidence: Evidence[] = [told.evidence];
    if (limited)
      evidence.push(
        specEvidence(
          context,
          `${limited.container.name}: limits.memory=${limited.container.resources!.limits!["memory"]}`,
          `spec.containers[${limited.container.name}].resources.limits.memory`,
        ),
      );
    const { workload, container } = context.case;
    return [
      {
        message: "low",
        args: { limit: bytes !== null && bytes < 1024 ? `${bytes} bytes` : limit, least: minimum === null ? "16Mi" : formatQuantity("memory", minimum) },
        confidence: told.match || (bytes !== null && bytes < absurd) ? "certain" : "likely",
        subject: { kind: workload.kind, namespace: workload.namespace, name: limited?.container.name ?? container?.name ?? workload.name },
        details: {
          limit: bytes === null ? null : limit,
          needed: minimum === null ? null : formatQuantity("memory", minimum),
          container: limited?.container.name ?? container?.name ?? null,
        },
        evidence,
        edits: edits(context, limited?.container.name ?? container?.name),
      },
    ];
  },
};

interface Said {
  match: RegExpExecArray | null;
  evidence: Evidence;
}
function saidBy(context: CauseContext): Said | null {
  const { status, events } = context.seen;
  const texts: [string, () => Evidence][] = [];
  if (status.waiting?.message) texts.push([status.waiting.message, () => statusEvidence(context, status.waiting!.message, "state.waiting.message")]);
  if (status.last?.message && !status.last.processRan)
    texts.push([status.last.message, () => statusEvidence(context, status.last!.message!, "lastState.terminated.message")]);
  if (!status.running)
    for (const event of events.all)
      if (event.reason === "FailedCreatePodSandBox" || event.reason === "Failed" || event.reason === "FailedMount")
        texts.push([event.message, () => eventEvidence(context, event)]);
  for (const [text, evidence] of texts) {
    const match = tooLow.exec(text.slice(0, 8192));
    if (match || broken.test(text.slice(0, 8192)) || noRoom.test(text.slice(0, 8192))) return { match, evidence: evidence() };
  }
  return null;
}

/** The container with the smallest limit; the Case's own where it is about one. The sandbox has the sum of all. */
function smallest(context: CauseContext): { container: Container; bytes: number } | null {
  const { pods, container } = context.case;
  const spec = pods[0]?.pod.spec;
  const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].filter((one) => !container || one.name === container.name);
  const limited = all.flatMap((one) => {
    const bytes = parseQuantity(one.resources?.limits?.["memory"]);
    return bytes === null ? [] : [{ container: one, bytes }];
  });
  return limited.sort((a, b) => a.bytes - b.bytes)[0] ?? null;
}

function edits(context: CauseContext, name: string | undefined) {
  const template = templateOf(context.case);
  const found = template && containerIn(template, name);
  const limits = found?.container.resources?.limits;
  if (!template || !found || limits?.["memory"] === undefined) return [];
  const path = `${found.pointer}/resources/limits/memory`;
  return [
    {
      kind: "patch" as const,
      title: "raise the memory limit to 64Mi",
      target: template.target,
      patch: [
        { op: "test" as const, path, value: limits["memory"] },
        { op: "replace" as const, path, value: "64Mi" },
      ],
      risk: "restart" as const,
      note: "64Mi starts anything; what the program needs is to be measured",
    },
  ];
}
