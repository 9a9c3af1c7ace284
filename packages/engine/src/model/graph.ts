/** References and calls: who refers to what and who calls whom. */
import type { WorkloadRef } from "./report";
import type { SeenObject } from "./snapshot";
import type { Pod, Service } from "./kubernetes";

export interface ServiceTarget {
  /** What was asked for, e.g. `postgres.db.svc`. */
  host: string;
  namespace: string;
  name: string;
  /** null: no such Service seen; see `exists`. */
  service: SeenObject<Service> | null;
  /** `no` only where all Services of the namespace were seen. */
  exists: "yes" | "no" | "unknown";
  /** Services that are spelt alike, in this namespace or (as `name.namespace`) elsewhere, the best first. */
  similar: string[];
  /** Pods that the selector matches. */
  pods: SeenObject<Pod>[];
  /** Ready addresses behind it; null where endpoints were not seen. */
  ready: number | null;
  /** Port numbers that the Service offers. */
  ports: number[];
}
export interface Call {
  from: WorkloadRef;
  to: { namespace: string; service: string };
  /** How the edge was found, e.g. `env ORDERS_URL`. */
  via: string;
  port: number | null;
}
export interface Graph {
  /** Resolves a host name as a pod of `namespace` would: `name`, `name.ns`, `name.ns.svc`, `….cluster.local`. null for names outside the cluster. */
  resolve(host: string, namespace: string): ServiceTarget | null;
  /** The Service that has this cluster IP. */
  serviceByAddress(address: string): SeenObject<Service> | null;
  /** Workloads whose pods stand behind a Service. */
  behind(namespace: string, service: string): WorkloadRef[];
  /** Calls from literal env values, ConfigMap keys and arguments. */
  calls: Call[];
}
