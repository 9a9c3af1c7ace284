import { describe, expect, test } from "vitest";
import {
  readDenial,
  readInvalid,
  readMustSpecify,
  readPolicy,
  readPriorityClass,
  readQuota,
  readRange,
  readSecurity,
  readServiceAccount,
  readUnreachable,
} from "./grammar";
import { unwrap } from "./refusal";

describe("a refusal of the API server", () => {
  test("for a quota lists every resource that is over with its numbers", () => {
    expect(
      readQuota(
        'pods "x-abc" is forbidden: exceeded quota: team-cap, requested: requests.cpu=4,requests.memory=12Gi, used: requests.cpu=37500m,requests.memory=9Gi, limited: requests.cpu=40,requests.memory=20Gi',
      ),
    ).toEqual({
      quota: "team-cap",
      over: [
        { resource: "requests.cpu", requested: "4", used: "37500m", limited: "40" },
        { resource: "requests.memory", requested: "12Gi", used: "9Gi", limited: "20Gi" },
      ],
    });
  });
  test("for missing limits names them, with and without containers", () => {
    expect(readMustSpecify('pods "x" is forbidden: failed quota: floor: must specify limits.cpu,limits.memory')?.resources).toEqual([
      "limits.cpu",
      "limits.memory",
    ]);
    expect(readMustSpecify('pods "x" is forbidden: failed quota: floor: must specify limits.cpu for: web,proxy; requests.cpu for: web')).toEqual({
      quota: "floor",
      resources: ["limits.cpu", "requests.cpu"],
    });
  });
  test("for a LimitRange says which bound", () => {
    expect(readRange('pods "x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi')).toEqual({
      bound: "maximum",
      resource: "memory",
      type: "Container",
      allowed: "1Gi",
      field: "limit",
      given: "2Gi",
    });
    expect(readRange("[minimum cpu usage per Pod is 100m, but request is 50m, maximum memory usage per Pod is 1Gi, but limit is 2Gi]")).toMatchObject({
      bound: "minimum",
      given: "50m",
    });
    expect(readRange("maximum cpu usage per Container is 2.  No limit is specified")).toMatchObject({
      bound: "maximum",
      allowed: "2",
      field: "limit",
      given: null,
    });
    expect(readRange("cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000")).toMatchObject({ bound: "ratio", given: "4.000000" });
  });
  test("for Pod Security splits its violations at the outer commas", () => {
    const said = readSecurity(
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (containers "a", "b" must set it), runAsNonRoot != true (pod or container "a" must set it)',
    );
    expect(said?.violations).toHaveLength(2);
    expect(said?.profile).toBe("restricted:latest");
  });
  test("by a webhook keeps its words, or says that it gave none", () => {
    expect(readDenial('admission webhook "images.example.org" denied the request: image is not signed')).toEqual({
      webhook: "images.example.org",
      said: "image is not signed",
    });
    expect(readDenial('admission webhook "images.example.org" denied the request without explanation')?.said).toBeNull();
  });
  test("because a webhook does not answer names the Service that was called", () => {
    expect(
      readUnreachable(
        'Internal error occurred: failed calling webhook "v.example.org": failed to call webhook: Post "https://guard.policy.svc:443/check?timeout=10s": dial tcp 10.0.0.9:443: connect: connection refused',
      ),
    ).toEqual({
      webhook: "v.example.org",
      host: "guard.policy.svc",
      service: { name: "guard", namespace: "policy" },
      port: 443,
      why: "dial tcp 10.0.0.9:443: connect: connection refused",
    });
    expect(
      readUnreachable('Internal error occurred: failed calling webhook "v.example.org": failed to call webhook: an error on the server ("") has prevented')
        ?.host,
    ).toBeNull();
  });
  test("by a policy, for a class, an account or an invalid field", () => {
    expect(readPolicy("pods \"x\" is forbidden: ValidatingAdmissionPolicy 'team-label' with binding 'all' denied request: label team is required")?.said).toBe(
      "label team is required",
    );
    expect(readPriorityClass('pods "x" is forbidden: no PriorityClass with name vital was found')).toBe("vital");
    expect(readServiceAccount('pods "x" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found')).toEqual({
      namespace: "shop",
      name: "robot",
    });
    expect(readInvalid('Pod "x-1" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "data"')?.field).toBe(
      "spec.containers[0].volumeMounts[0].name",
    );
    expect(readInvalid('Pod "x-1" is invalid: [spec.a: Required value, spec.b: Invalid value]')?.field).toBe("spec.a");
  });
  test("is freed of what controllers put before it", () => {
    expect(unwrap('create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: x')).toBe('pods "db-0" is forbidden: x');
    expect(unwrap("(combined from similar events): Error creating: no")).toBe("no");
  });
});
