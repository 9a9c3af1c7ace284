/** start/security-denied: seccomp, AppArmor, SELinux, capabilities or sysctls keep the container from starting. */
import type { Cause, CauseContext, Edit, Finding } from "../../../model/cause";
import type { PatchOperation } from "../../../model/report";
import { specEvidence, statusEvidence } from "../../evidence";
import { containerIn, templateOf } from "../../template";
import { lastRunEvidence, nodeOf, signalEvidence, signalsOf, whoOf } from "../../told";
import { startFailureOf } from "../start-failure";

const id = "start/security-denied";
const admission = new Set(["AppArmor", "SysctlForbidden"]);

export const cause: Cause = {
  id,
  title: "A security profile keeps the container from running",
  needs: [],
  explains: ["app/exited-without-reason", "start/runtime-failure", "config/file-missing", "killed/unattributed"],
  messages: {
    profile: {
      title: "{kind} profile {profile} is not on node {node}",
      explanation:
        "{who} can not be created: its {kind} profile {profile} must lie on every node that may run it, and {node} does not have it. Put it there, or use RuntimeDefault.",
    },
    refused: { title: "{kind} keeps {who} from starting", explanation: "{who} was refused by {kind} on node {node}. The text below names what it asked for." },
    killed: {
      title: "seccomp killed {who} for a system call",
      explanation: "The kernel ended {who} because it made a system call that its seccomp profile does not allow.",
    },
    log: {
      title: "{kind} denies {who} what it needs",
      explanation: "{who} ends because the kernel's security module refuses it. The log shows what was refused.",
    },
  },
  find(context) {
    const { status } = context.seen;
    const failure = startFailureOf(context, id);
    const node = nodeOf(context) ?? "of the pod";
    if (failure || (status.podReason && admission.has(status.podReason))) {
      const text = failure?.text ?? status.podMessage ?? "";
      const kind = kindOf(failure?.pattern ?? status.podReason ?? "");
      const spec = profileOf(context, kind);
      const profile = spec?.name ?? failure?.named ?? null;
      const missing = profile !== null && /no such file|not found|cannot load|not loaded/i.test(text);
      return [
        {
          message: missing ? "profile" : "refused",
          args: { kind, profile: profile ?? "", node, who: whoOf(context) },
          confidence: "certain",
          subject: { kind, name: profile, path: failure?.named?.startsWith("/") ? failure.named : null, node: nodeOf(context) },
          details: { module: kind, profile },
          evidence: [
            failure?.evidence ?? statusEvidence(context, text, "message"),
            ...(spec ? [specEvidence(context, `${kind}Profile localhostProfile: ${spec.name}`, spec.path)] : []),
          ],
          edits: edits(context, kind, missing),
        },
      ];
    }
    return [...bySignal(context, status.last), ...fromLog(context)];
  },
};

/** CRI-O says `seccomp killed`; everywhere SIGSYS is 159. */
function bySignal(context: CauseContext, last: CauseContext["seen"]["status"]["last"]): Finding[] {
  if (!last || (last.reason !== "seccomp killed" && last.exitCode !== 159)) return [];
  return [
    {
      message: "killed",
      args: { who: whoOf(context) },
      confidence: last.reason === "seccomp killed" ? "certain" : "likely",
      subject: { kind: "seccomp" },
      details: { module: "seccomp", profile: profileOf(context, "seccomp")?.name ?? null },
      evidence: [lastRunEvidence(context)!],
      edits: [{ kind: "manual", title: "Allow the system call in the profile, or use RuntimeDefault" }],
    },
  ];
}
function fromLog(context: CauseContext): Finding[] {
  const signal = signalsOf(context, id)[0];
  if (!signal) return [];
  return [
    {
      message: "log",
      args: { kind: signal.subject.kind ?? "The kernel", who: whoOf(context) },
      confidence: signal.confidence,
      subject: signal.subject,
      details: { module: signal.subject.kind ?? null, profile: null, ...signal.details },
      evidence: signalEvidence(context, signal),
    },
  ];
}

function kindOf(pattern: string): string {
  for (const kind of ["seccomp", "AppArmor", "SELinux", "capabilities", "sysctl"]) if (pattern.toLowerCase().includes(kind.toLowerCase())) return kind;
  return "a security profile";
}

function profileOf(context: CauseContext, kind: string): { name: string; path: string } | null {
  const pod = context.case.pods[0];
  for (const [security, at] of [
    [pod?.spec?.securityContext, `spec.containers[${pod?.spec?.name}].securityContext`],
    [pod?.pod.spec?.securityContext, "spec.securityContext"],
  ] as const) {
    const profile = kind === "seccomp" ? security?.seccompProfile : kind === "AppArmor" ? security?.appArmorProfile : undefined;
    if (profile?.localhostProfile) return { name: profile.localhostProfile, path: `${at}.${kind === "seccomp" ? "seccompProfile" : "appArmorProfile"}` };
  }
  return null;
}

function edits(context: CauseContext, kind: string, missing: boolean): Edit[] {
  const template = templateOf(context.case);
  const field = kind === "seccomp" ? "seccompProfile" : "appArmorProfile";
  const found = template && containerIn(template, context.case.container?.name);
  const places = [
    { security: found?.container.securityContext, at: `${found?.pointer}/securityContext` },
    { security: template?.spec.securityContext, at: `${template?.pointer}/securityContext` },
  ];
  const place = places.find(({ security }) => security?.[field]?.localhostProfile);
  if (!missing || !template || !place)
    return [{ kind: "manual", title: missing ? "Put the profile on every node, or use RuntimeDefault" : "Correct the securityContext" }];
  const patch: PatchOperation[] = [
    { op: "test", path: `${place.at}/${field}`, value: place.security![field] },
    { op: "replace", path: `${place.at}/${field}`, value: { type: "RuntimeDefault" } },
  ];
  return [
    {
      kind: "patch",
      title: `Use the runtime's own ${kind} profile`,
      target: template.target,
      patch,
      risk: "restart",
      note: "it allows more than a strict profile does; the lasting way is the profile on every node",
    },
  ];
}
