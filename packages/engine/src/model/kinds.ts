/** The kinds that unloop reads: API group, version, plural and scope. Source: Kubernetes API reference v1.34. */
export interface KindInfo {
  group: string;
  version: string;
  resource: string;
  namespaced: boolean;
}
const core = (resource: string, namespaced = true): KindInfo => ({ group: "", version: "v1", resource, namespaced });
const of = (group: string, resource: string, namespaced = true, version = "v1"): KindInfo => ({ group, version, resource, namespaced });

export const kinds: Readonly<Record<string, KindInfo>> = {
  Pod: core("pods"),
  Event: core("events"),
  Node: core("nodes", false),
  Namespace: core("namespaces", false),
  Service: core("services"),
  ConfigMap: core("configmaps"),
  Secret: core("secrets"),
  ServiceAccount: core("serviceaccounts"),
  PersistentVolumeClaim: core("persistentvolumeclaims"),
  PersistentVolume: core("persistentvolumes", false),
  ResourceQuota: core("resourcequotas"),
  LimitRange: core("limitranges"),
  EndpointSlice: of("discovery.k8s.io", "endpointslices"),
  Deployment: of("apps", "deployments"),
  ReplicaSet: of("apps", "replicasets"),
  StatefulSet: of("apps", "statefulsets"),
  DaemonSet: of("apps", "daemonsets"),
  Job: of("batch", "jobs"),
  CronJob: of("batch", "cronjobs"),
  StorageClass: of("storage.k8s.io", "storageclasses", false),
  VolumeAttachment: of("storage.k8s.io", "volumeattachments", false),
  CSIDriver: of("storage.k8s.io", "csidrivers", false),
  Ingress: of("networking.k8s.io", "ingresses"),
  NetworkPolicy: of("networking.k8s.io", "networkpolicies"),
  PriorityClass: of("scheduling.k8s.io", "priorityclasses", false),
  RuntimeClass: of("node.k8s.io", "runtimeclasses", false),
  PodDisruptionBudget: of("policy", "poddisruptionbudgets"),
  HorizontalPodAutoscaler: of("autoscaling", "horizontalpodautoscalers", true, "v2"),
  Lease: of("coordination.k8s.io", "leases"),
  ValidatingWebhookConfiguration: of("admissionregistration.k8s.io", "validatingwebhookconfigurations", false),
  MutatingWebhookConfiguration: of("admissionregistration.k8s.io", "mutatingwebhookconfigurations", false),
  ValidatingAdmissionPolicy: of("admissionregistration.k8s.io", "validatingadmissionpolicies", false),
};
