/** Kinds by the names that kubectl accepts and prints: singular, plural, short, with group. Source: `kubectl api-resources`. */

interface KindName {
  kind: string;
  /** False for cluster-scoped kinds. */
  namespaced: boolean;
}

const namespaced: Record<string, string> = {
  Pod: "pod pods po",
  Event: "event events ev",
  Service: "service services svc",
  Endpoints: "endpoints endpoint ep",
  EndpointSlice: "endpointslice endpointslices",
  PersistentVolumeClaim: "persistentvolumeclaim persistentvolumeclaims pvc pvcs",
  Deployment: "deployment deployments deploy",
  ReplicaSet: "replicaset replicasets rs",
  ReplicationController: "replicationcontroller replicationcontrollers rc",
  StatefulSet: "statefulset statefulsets sts",
  DaemonSet: "daemonset daemonsets ds",
  Job: "job jobs",
  CronJob: "cronjob cronjobs cj",
  ConfigMap: "configmap configmaps cm",
  Secret: "secret secrets",
  ServiceAccount: "serviceaccount serviceaccounts sa",
  ResourceQuota: "resourcequota resourcequotas quota",
  LimitRange: "limitrange limitranges limits",
  Ingress: "ingress ingresses ing",
  NetworkPolicy: "networkpolicy networkpolicies netpol",
  PodDisruptionBudget: "poddisruptionbudget poddisruptionbudgets pdb",
  HorizontalPodAutoscaler: "horizontalpodautoscaler horizontalpodautoscalers hpa",
  Role: "role roles",
  RoleBinding: "rolebinding rolebindings",
  Lease: "lease leases",
  ControllerRevision: "controllerrevision controllerrevisions",
  DeploymentConfig: "deploymentconfig deploymentconfigs dc",
  Route: "route routes",
  VolumeSnapshot: "volumesnapshot volumesnapshots",
  Certificate: "certificate certificates cert",
};
const clusterScoped: Record<string, string> = {
  Node: "node nodes no",
  Namespace: "namespace namespaces ns",
  PersistentVolume: "persistentvolume persistentvolumes pv pvs",
  StorageClass: "storageclass storageclasses sc",
  ClusterRole: "clusterrole clusterroles",
  ClusterRoleBinding: "clusterrolebinding clusterrolebindings",
  PriorityClass: "priorityclass priorityclasses pc",
  RuntimeClass: "runtimeclass runtimeclasses",
  IngressClass: "ingressclass ingressclasses",
  CustomResourceDefinition: "customresourcedefinition customresourcedefinitions crd crds",
  ValidatingWebhookConfiguration: "validatingwebhookconfiguration validatingwebhookconfigurations",
  MutatingWebhookConfiguration: "mutatingwebhookconfiguration mutatingwebhookconfigurations",
  ValidatingAdmissionPolicy: "validatingadmissionpolicy validatingadmissionpolicies",
  VolumeAttachment: "volumeattachment volumeattachments",
  CSIDriver: "csidriver csidrivers",
  CSINode: "csinode csinodes",
  APIService: "apiservice apiservices",
};

const byName = new Map<string, KindName>();
for (const [table, isNamespaced] of [
  [namespaced, true],
  [clusterScoped, false],
] as const)
  for (const [kind, names] of Object.entries(table)) for (const name of names.split(" ")) byName.set(name, { kind, namespaced: isNamespaced });
const scopedKinds = new Set(Object.keys(clusterScoped));

/** `get all` lists these, and no Secret, ConfigMap or Ingress. Source: kubectl category "all". */
export const allCategory = [
  "Pod",
  "ReplicationController",
  "Service",
  "DaemonSet",
  "Deployment",
  "ReplicaSet",
  "StatefulSet",
  "HorizontalPodAutoscaler",
  "CronJob",
  "Job",
];

/** Kind of a resource word such as `po`, `deployments.apps` or `deployment.v1.apps`; null where it is none that is known. */
export function kindOf(word: string): string | null {
  const lower = word.toLowerCase();
  const dot = lower.indexOf(".");
  return byName.get(dot < 0 ? lower : lower.slice(0, dot))?.kind ?? null;
}

/** Whether objects of this kind live in a namespace. */
export function isNamespaced(kind: string): boolean {
  return !scopedKinds.has(kind);
}

const columnSignatures: [string, RegExp][] = [
  ["Event", /^LAST SEEN\|.*(?:REASON|OBJECT|MESSAGE)/],
  ["Pod", /^NAME\|READY\|STATUS\|RESTARTS\|/],
  ["Deployment", /^NAME\|(?:READY|DESIRED\|CURRENT)\|UP-TO-DATE\|AVAILABLE/],
  ["DaemonSet", /^NAME\|DESIRED\|CURRENT\|READY\|UP-TO-DATE\|AVAILABLE/],
  ["ReplicaSet", /^NAME\|DESIRED\|CURRENT\|READY/],
  ["StatefulSet", /^NAME\|READY\|AGE/],
  ["Job", /^NAME\|(?:STATUS\|)?COMPLETIONS\|DURATION/],
  ["CronJob", /^NAME\|SCHEDULE\|/],
  ["EndpointSlice", /^NAME\|ADDRESSTYPE\|/],
  ["Endpoints", /^NAME\|ENDPOINTS\|/],
  ["Service", /^NAME\|TYPE\|CLUSTER-IP\|/],
  ["Secret", /^NAME\|TYPE\|DATA\|AGE/],
  ["ConfigMap", /^NAME\|DATA\|AGE/],
  ["ServiceAccount", /^NAME\|SECRETS\|AGE/],
  ["PersistentVolumeClaim", /^NAME\|STATUS\|VOLUME\|CAPACITY/],
  ["PersistentVolume", /^NAME\|CAPACITY\|ACCESS MODES\|/],
  ["StorageClass", /^NAME\|PROVISIONER\|/],
  ["Node", /^NAME\|STATUS\|ROLES\|/],
  ["ResourceQuota", /^NAME\|(?:AGE\|)?REQUEST\|LIMIT/],
  ["Ingress", /^NAME\|CLASS\|HOSTS\|/],
  ["NetworkPolicy", /^NAME\|POD-SELECTOR\|/],
  ["PodDisruptionBudget", /^NAME\|MIN AVAILABLE\|/],
  ["HorizontalPodAutoscaler", /^NAME\|REFERENCE\|TARGETS/],
  ["VolumeAttachment", /^NAME\|ATTACHER\|/],
  ["Namespace", /^NAME\|STATUS\|AGE/],
];
/** Kind of a table by its headings, for text without a prompt. Source: kubernetes pkg/printers/internalversion. */
export function kindOfColumns(columns: string[]): string | null {
  const signature = (columns[0] === "NAMESPACE" ? columns.slice(1) : columns).join("|");
  return columnSignatures.find(([, pattern]) => pattern.test(signature))?.[0] ?? null;
}
