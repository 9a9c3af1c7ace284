/** What the caller of the cluster source may say, and the limits that hold where nothing is said. */
import type { Focus, Snapshot, Want } from "@unloop/engine/model/snapshot";

/** Limits of what is read beyond the first listing. Each that is met turns the rest of the Wants into `over-budget`. */
export interface Budgets {
  /** Rounds of asking the engine. */
  rounds: number;
  requests: number;
  /** Bytes of answers, after decompression. */
  bytes: number;
  /** Requests at the same time. */
  inFlight: number;
  /** Bytes kept of one container's log: its end. */
  logBytes: number;
  logLines: number;
}
export const defaultBudgets: Budgets = { rounds: 8, requests: 1500, bytes: 96 * 2 ** 20, inFlight: 12, logBytes: 2 ** 20, logLines: 2000 };

export interface Progress {
  step: "connecting" | "listing" | "reading" | "done";
  requests: number;
  bytes: number;
  pods: number;
}

export interface ClusterOptions {
  /** Path of a kubeconfig (`--kubeconfig`); else KUBECONFIG, ~/.kube/config, the service account of the pod. */
  kubeconfig?: string;
  /** Name of a context; else the current one. */
  context?: string;
  /** The environment, for KUBECONFIG, HOME and the proxy variables. */
  env?: Record<string, string | undefined>;
  requestTimeoutMs?: number;
  /** For everything together, logging in excepted. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Text that a login helper wants the person to see (a device code, a prompt). */
  onLoginText?: (text: string) => void;
}
export interface CollectOptions extends ClusterOptions {
  /** undefined: the namespace of the context. null: all namespaces. */
  namespace?: string | null;
  focus?: Pick<Focus, "kind" | "name" | "selector">;
  /** What the engine still needs of a Snapshot. */
  wants: (snapshot: Snapshot) => Want[];
  budgets?: Partial<Budgets>;
  onProgress?: (progress: Progress) => void;
}
export const defaultTimeouts = { requestTimeoutMs: 15_000, timeoutMs: 60_000 };
