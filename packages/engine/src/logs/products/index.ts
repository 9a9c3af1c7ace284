/** Patterns of single products, each array from its own file `products/<product>.ts`. */
import type { Pattern } from "../patterns/pattern";
import { agents } from "./agents";
import { applicationServers } from "./application-servers";
import { cassandra } from "./cassandra";
import { clusterAddons } from "./cluster-addons";
import { clients } from "./clients";
import { clusterDns } from "./cluster-dns";
import { controllers } from "./controllers";
import { dataDirectories } from "./data-directories";
import { elasticsearch } from "./elasticsearch";
import { etcd } from "./etcd";
import { frameworks } from "./frameworks";
import { haproxy } from "./haproxy";
import { httpd } from "./httpd";
import { identity } from "./identity";
import { initSystems } from "./init-systems";
import { jenkins } from "./jenkins";
import { jvmFrameworks } from "./jvm-frameworks";
import { jvmProducts } from "./jvm-products";
import { kafka } from "./kafka";
import { messaging } from "./messaging";
import { migrations } from "./migrations";
import { modelServers } from "./model-servers";
import { mongodb } from "./mongodb";
import { mongodbDrivers } from "./mongodb-drivers";
import { mongodbStorage } from "./mongodb-storage";
import { monitoring } from "./monitoring";
import { mysql } from "./mysql";
import { nodeServices } from "./node-services";
import { postgresql } from "./postgresql";
import { proxyLimits } from "./proxy-limits";
import { proxies } from "./proxies";
import { pythonServices } from "./python-services";
import { rabbitmq } from "./rabbitmq";
import { redis } from "./redis";
import { telemetry } from "./telemetry";
import { workflow } from "./workflow";
import { zookeeper } from "./zookeeper";

export const productPatterns: Pattern[] = [
  ...dataDirectories,
  ...postgresql,
  ...mysql,
  ...redis,
  ...mongodb,
  ...mongodbStorage,
  ...mongodbDrivers,
  ...jvmProducts,
  ...kafka,
  ...zookeeper,
  ...rabbitmq,
  ...elasticsearch,
  ...etcd,
  ...cassandra,
  ...httpd,
  ...haproxy,
  ...proxyLimits,
  ...proxies,
  ...messaging,
  ...monitoring,
  ...applicationServers,
  ...migrations,
  ...clusterDns,
  ...controllers,
  ...modelServers,
  ...agents,
  ...identity,
  ...workflow,
  ...clusterAddons,
  ...telemetry,
  ...initSystems,
  ...jenkins,
  ...jvmFrameworks,
  ...frameworks,
  ...clients,
  ...nodeServices,
  ...pythonServices,
];
