/** Reasons that Kubernetes writes into statuses and events, in words. Source: kubelet, scheduler and controllers, v1.20 to v1.36. */

export interface Reason {
  /** Where it stands. */
  where: "container waiting" | "container ended" | "pod" | "event" | "condition";
  meaning: string;
}

export const reasons: Record<string, Reason> = {
  // Container waiting
  CrashLoopBackOff: {
    where: "container waiting",
    meaning:
      "Not a cause: the kubelet waits before it starts the container again, 10 s at first, doubled each time up to 5 min. The cause is in the run that ended: its exit code, reason and previous log.",
  },
  ImagePullBackOff: {
    where: "container waiting",
    meaning:
      "A pull of the image failed before and the kubelet waits before the next try. Since 1.32 the message carries the last error; before, the Failed event does.",
  },
  ErrImagePull: { where: "container waiting", meaning: "A pull of the image failed just now; the message says why." },
  ErrImageNeverPull: { where: "container waiting", meaning: "imagePullPolicy is Never and the image is not on the node." },
  InvalidImageName: {
    where: "container waiting",
    meaning: "The image name does not parse: an upper-case letter, a space, or a variable that nobody replaced.",
  },
  ImageInspectError: { where: "container waiting", meaning: "The container runtime could not look at the image: a fault of the node, not of the registry." },
  RegistryUnavailable: { where: "container waiting", meaning: "CRI-O could not connect to the registry." },
  SignatureValidationFailed: { where: "container waiting", meaning: "The runtime's policy rejects the image's signature." },
  CreateContainerConfigError: {
    where: "container waiting",
    meaning:
      "The kubelet can not put the container's configuration together: a Secret, ConfigMap or key that does not exist, or runAsNonRoot with an image that runs as root. Nothing was started, so there is no log.",
  },
  CreateContainerError: { where: "container waiting", meaning: "The runtime could not create the container. Under CRI-O a missing command shows here." },
  RunContainerError: {
    where: "container waiting",
    meaning: "The container was created and could not be started; with containerd the next state is reason StartError with exit code 128.",
  },
  PostStartHookError: { where: "container waiting", meaning: "The postStart hook failed, so the kubelet killed the container." },
  PreCreateHookError: { where: "container waiting", meaning: "A resource manager of the node (cpu, memory, topology) refused." },
  PreStartHookError: { where: "container waiting", meaning: "A resource manager of the node (cpu, devices) refused." },
  ContainerCreating: {
    where: "container waiting",
    meaning: "Sandbox, network, volumes or image are being made ready. Where it stays so, look for FailedMount and FailedCreatePodSandBox events.",
  },
  PodInitializing: { where: "container waiting", meaning: "Init containers have not finished; look at them first." },
  // Container ended
  Completed: { where: "container ended", meaning: "Exit code 0. With restartPolicy Always it is started again and loops all the same." },
  Error: { where: "container ended", meaning: "An exit code other than 0; the code and the log of that run say more." },
  OOMKilled: {
    where: "container ended",
    meaning: "The kernel killed a process in the container for the container's memory limit. The exit code is mostly 137, yet can be any.",
  },
  StartError: {
    where: "container ended",
    meaning: "containerd could not start the process: a missing command, no execute permission, a wrong mount. It never ran and has no log.",
  },
  ContainerCannotRun: { where: "container ended", meaning: "Docker could not start the process; the same as StartError." },
  ContainerStatusUnknown: {
    where: "container ended",
    meaning: "The kubelet lost the container, as after a reboot, and made exit code 137 up. Neither memory nor a signal.",
  },
  Unknown: { where: "container ended", meaning: "The runtime lost the container's state; exit code 255 says nothing about the application." },
  // Pod
  Evicted: {
    where: "pod",
    meaning:
      "The kubelet threw the pod out: the node ran low on memory, disk or processes, or the pod used more storage than its own limit. The message tells which.",
  },
  Preempting: { where: "pod", meaning: "Stopped to make room for a critical pod on the node." },
  Preempted: { where: "event", meaning: "Stopped to make room for a pod of higher priority." },
  Terminated: { where: "pod", meaning: "Stopped because the node was shut down in order." },
  NodeShutdown: { where: "pod", meaning: "Refused because the node is shutting down." },
  DeadlineExceeded: { where: "pod", meaning: "activeDeadlineSeconds of the pod or its Job ran out." },
  UnexpectedAdmissionError: { where: "pod", meaning: "The kubelet refused the pod, mostly because a device plugin (GPU) was not ready." },
  OutOfcpu: { where: "pod", meaning: "The kubelet refused the pod: the node had no such amount of cpu left when it arrived." },
  OutOfmemory: { where: "pod", meaning: "The kubelet refused the pod: the node had no such amount of memory left when it arrived." },
  OutOfpods: { where: "pod", meaning: "The kubelet refused the pod: the node was full." },
  NodeAffinity: { where: "pod", meaning: "The kubelet refused the pod: the node's labels no longer fit it." },
  TopologyAffinityError: { where: "pod", meaning: "The node could not place its resources as its NUMA policy demands." },
  AppArmor: { where: "pod", meaning: "The AppArmor profile is not loaded on the node." },
  SysctlForbidden: { where: "pod", meaning: "A sysctl that the kubelet does not allow." },
  NodeLost: {
    where: "pod",
    meaning: "The node stopped answering. Clusters of today say it with the pod's Ready condition and the node's Ready condition Unknown instead.",
  },
  // Conditions
  Unschedulable: { where: "condition", meaning: "No node takes the pod; the message counts the reasons." },
  SchedulingGated: { where: "condition", meaning: "Held back on purpose by spec.schedulingGates." },
  ProgressDeadlineExceeded: { where: "condition", meaning: "The rollout made no progress within progressDeadlineSeconds. Not a cause: look at the new pods." },
  ReplicaFailure: {
    where: "condition",
    meaning: "Pods could not be created: quota, LimitRange, Pod Security, a webhook or a missing ServiceAccount. The newest FailedCreate event has the text.",
  },
  BackoffLimitExceeded: { where: "condition", meaning: "The Job gave up after its backoffLimit. The cause is that of its failing container." },
  NodeStatusUnknown: { where: "condition", meaning: "The kubelet of the node stopped reporting: the node is down, cut off or frozen." },
  // Events
  BackOff: { where: "event", meaning: "The kubelet waits before the next start (or pull). Not a cause." },
  Unhealthy: { where: "event", meaning: "A probe failed once; the message says which and how. Only failureThreshold failures in a row have a consequence." },
  ProbeWarning: { where: "event", meaning: "A probe was answered with a redirect to another host, which counts as a success." },
  Killing: { where: "event", meaning: "The kubelet stops a container; the message names a failed probe where that is why." },
  Failed: { where: "event", meaning: "A container could not be pulled, created or started; the message says why." },
  FailedScheduling: { where: "event", meaning: "No node takes the pod; the message counts the reasons." },
  FailedMount: { where: "event", meaning: "A volume can not be mounted: a missing Secret, ConfigMap or claim, or the storage itself." },
  FailedAttachVolume: { where: "event", meaning: "A volume can not be attached to the node, often because another node still holds it." },
  FailedCreate: {
    where: "event",
    meaning: "The owner could not create a pod, so none exists: quota, LimitRange, Pod Security, a webhook, a missing ServiceAccount.",
  },
  FailedCreatePodSandBox: { where: "event", meaning: "The pod's sandbox or network can not be made on the node." },
  FailedPostStartHook: { where: "event", meaning: "The postStart hook failed; the container is killed for it." },
  FailedPreStopHook: { where: "event", meaning: "The preStop hook failed; the container is stopped all the same." },
  FailedToRetrieveImagePullSecret: { where: "event", meaning: "An imagePullSecret does not exist; the pull is tried without it." },
  InspectFailed: { where: "event", meaning: "The image name does not parse or the runtime could not look at the image." },
  NetworkNotReady: { where: "event", meaning: "The node's network plugin is not ready." },
  NodeNotReady: { where: "event", meaning: "The node stopped being ready; what its pods report since is old." },
  SandboxChanged: { where: "event", meaning: "The pod's sandbox is made anew, as after a reboot of the node." },
  ExceededGracePeriod: { where: "event", meaning: "The runtime did not stop the pod within its grace period." },
  SystemOOM: { where: "event", meaning: "The node itself ran out of memory." },
  TaintManagerEviction: { where: "event", meaning: "Deleted because of a NoExecute taint on its node." },
  ProvisioningFailed: { where: "event", meaning: "The storage class's provisioner could not make a volume." },
  FailedBinding: { where: "event", meaning: "No volume fits the claim, and no class makes one." },
  WaitForFirstConsumer: { where: "event", meaning: "The claim waits for a pod that uses it; not a fault." },
  "seccomp killed": { where: "container ended", meaning: "CRI-O: a system call that the seccomp profile forbids." },
};
