/** A Case: one failing container, pod or workload, with all the replicas that share the fault. */
import type { Container, ContainerStatus, Pod, Workload } from "./kubernetes";
import type { SeenObject } from "./snapshot";
import type { ContainerRef, IncidentStatus, WorkloadRef } from "./report";

export interface CasePod {
  seen: SeenObject<Pod>;
  pod: Pod;
  /** Status and spec of the Case's container in this pod; null where the Case is about no container or it was not seen. */
  status: ContainerStatus | null;
  spec: Container | null;
}
export interface Case {
  workload: WorkloadRef;
  /** The owner as seen (Deployment, StatefulSet, …; the pod itself where it has none); null where it was not seen. */
  owner: SeenObject<Workload> | null;
  /**
   * `container`: a container fails. `pod`: the pod can not start or was thrown out. `workload`: no pod exists.
   * `node`: the node is the subject. `log`: a bare pasted log, nothing else known.
   */
  scope: "container" | "pod" | "workload" | "node" | "log";
  container: ContainerRef | null;
  /** Failing pods that share the fault, the representative first. Empty for scope `workload` and `node`. */
  pods: CasePod[];
  /** The other pods of the same workload. */
  siblings: SeenObject<Pod>[];
  /** `CrashLoopBackOff`, `ImagePullBackOff`, `Pending`, …: see report.ts. */
  symptom: string;
  status: IncidentStatus;
  /** What it looks like from outside (reason class, exit code): replicas that agree in it share representatives. */
  signature: string;
  /** It may yet turn out well (a slow start, a single restart): worth a report only with a verdict that is `likely` or better. */
  tentative: boolean;
}
