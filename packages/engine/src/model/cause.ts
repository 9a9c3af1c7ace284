/** A Cause: one root cause, one folder. It reads Observations and returns findings; it never calls another cause. */
import type { Case } from "./case";
import type { Observations } from "./observation";
import type { Confidence, Detail, Evidence, NextStep, PatchOperation, Subject } from "./report";
import type { WantTarget } from "./snapshot";
import type { SnapshotView } from "./view";
import type { Graph } from "./graph";

/**
 * What a cause must see to judge. Where one is missing, the cause is not asked: its result is unknown.
 * `status`: the pod's status. `spec`: the pod's (or owner's) spec. `log`: the log of the crashed run.
 * `events`: the namespace's events (or the pasted events of the pod). `nodes`: the nodes. `owner`: the workload object.
 */
export type Need = "status" | "spec" | "log" | "events" | "nodes" | "owner";

export interface CauseContext {
  case: Case;
  seen: Observations;
  view: SnapshotView;
  graph: Graph;
}

/** An edit that makes it run again. It never carries a masked value: what would have to is `manual`. */
export type Edit =
  | {
      kind: "patch";
      title: string;
      target: { kind: string; namespace: string; name: string };
      /** Paths as in the target object; list items by index. Each replace has its test. */
      patch: PatchOperation[];
      /** kubectl that does the same, where there is a short one. */
      command?: string;
      risk: "none" | "restart" | "data";
      note?: string;
    }
  | { kind: "command"; title: string; command: string; risk: "none" | "restart" | "data"; note?: string }
  | { kind: "manual"; title: string; note?: string };

export interface Finding {
  /** Which of the cause's `messages`. */
  message: string;
  args: Record<string, string | number>;
  confidence: Confidence;
  subject: Partial<Subject>;
  details?: Record<string, Detail>;
  /** At least one, the best first. */
  evidence: Evidence[];
  edits?: Edit[];
  next?: NextStep[];
}

export interface Message {
  /** One line, `{name}` filled from the finding's args. */
  title: string;
  /** Two or three sentences for someone woken at night. */
  explanation: string;
}
export interface Cause {
  /** `family/name`: the folder, the documentation page, the value in the Report. */
  id: string;
  title: string;
  needs: Need[];
  /** Ids of causes that this one makes mere symptoms, when both are found in one Case. `family/` stands for all of it. */
  explains: string[];
  messages: Record<string, Message>;
  /** What this cause alone still wants to see of this Case. */
  wants?(context: CauseContext): { target: WantTarget; consequence: string }[];
  find(context: CauseContext): Finding[];
}
