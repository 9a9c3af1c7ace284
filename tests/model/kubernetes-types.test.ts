/** Our narrow types of Kubernetes objects accept what the API's own types describe: a field that is misspelt here fails to compile. */
import type { Deployment as ApiDeployment, StatefulSet as ApiStatefulSet } from "kubernetes-types/apps/v1";
import type { CronJob as ApiCronJob, Job as ApiJob } from "kubernetes-types/batch/v1";
import type { Node as ApiNode, PersistentVolumeClaim as ApiClaim, Pod as ApiPod, Service as ApiService } from "kubernetes-types/core/v1";
import type { EndpointSlice as ApiEndpointSlice } from "kubernetes-types/discovery/v1";
import { expectTypeOf, it } from "vitest";
import type { EndpointSlice, Node, PersistentVolumeClaim, Pod, Service, Workload } from "@unloop/engine/model/kubernetes";

/** kubectl and lists fill in the kind; a list item of the API may lack it, and no source lets such a one in. */
type Named<T> = T & { kind: string; metadata: object };

it("takes the API's own objects for ours", () => {
  expectTypeOf<Named<ApiPod>["spec"]>().toExtend<Pod["spec"]>();
  expectTypeOf<Named<ApiPod>["status"]>().toExtend<Pod["status"]>();
  expectTypeOf<Named<ApiService>["spec"]>().toExtend<Service["spec"]>();
  expectTypeOf<Named<ApiNode>["status"]>().toExtend<Node["status"]>();
  expectTypeOf<Named<ApiClaim>["spec"]>().toExtend<PersistentVolumeClaim["spec"]>();
  expectTypeOf<Named<ApiDeployment>["status"]>().toExtend<Workload["status"]>();
  // Claim templates lack the kind that a listed claim has.
  expectTypeOf<Omit<NonNullable<ApiStatefulSet["spec"]>, "volumeClaimTemplates">>().toExtend<NonNullable<Workload["spec"]>>();
  expectTypeOf<Named<ApiJob>["status"]>().toExtend<Workload["status"]>();
  expectTypeOf<Named<ApiCronJob>["spec"]>().toExtend<Workload["spec"]>();
  expectTypeOf<Named<ApiEndpointSlice>["endpoints"]>().toExtend<NonNullable<EndpointSlice["endpoints"]>>();
});
