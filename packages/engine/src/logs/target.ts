/** The target of a call or a port that only the quoted source or the announcing line of an exception names. */
import type { Subject } from "../model/report";
import type { Candidate } from "./candidate";
import { isHost, portOf } from "./forms";
import type { Line } from "./line";

const url = /\b[a-z][a-z0-9+]{1,20}:\/\/(?:[^\s@/"']{0,80}@)?([A-Za-z0-9._-]{1,253}):(\d{2,5})\b/;
const argument = /\bhost(?:name)?"?\s?[=:]\s?["']?([A-Za-z0-9._-]{1,253})["']?(?:.{0,60}\bport"?\s?[=:]\s?["']?(\d{2,5}))?/;
const bound = /(?:[:\s-]|port )(\d{4,5})(?=["'\]\s,)]|$)/;

export function targetNear({ cause, block, at }: Candidate, lines: Line[]): Partial<Subject> {
  if (!block) return cause.startsWith("dependency/") ? callIn(lines[at]!) : {};
  if (cause === "app/port-in-use") {
    for (let i = Math.max(0, block.start - 1); i < block.end && i <= block.start; i++) {
      const port = portOf(bound.exec(lines[i]!.text.slice(0, 600))?.[1] ?? "");
      if (port !== null) return { port };
    }
    return {};
  }
  if (!cause.startsWith("dependency/")) return {};
  for (let i = Math.max(0, block.start - 1); i < block.end && i < block.start + 300; i++) {
    const found = callIn(lines[i]!);
    if (found.host) return found;
  }
  return {};
}
function callIn({ text }: Line): Partial<Subject> {
  const part = text.slice(0, 600);
  const found = url.exec(part) ?? argument.exec(part);
  if (!found || !isHost(found[1]!)) return {};
  const port = portOf(found[2] ?? "");
  return { host: found[1]!, ...(port === null ? {} : { port }) };
}

const clients: [RegExp, string][] = [
  [/\b(?:kombu|amqp|pika|aio_pika|amqplib|RabbitMQ|rabbitmq|bunny)\b|\bamqps?:\/\//, "amqp"],
  [/\b(?:ioredis|redis|lettuce|jedis|StackExchange\.Redis|RedisClient)\b/, "redis"],
  [/\b(?:psycopg2?|asyncpg|pg-protocol|pg-pool|pgx|libpq|npgsql|Npgsql|postgresql|Postgrex|PG::)/, "postgresql"],
  [/\b(?:pymysql|mysql2?|MySQLdb|mariadb|mysqli|Mysql2)\b/, "mysql"],
  [/\b(?:pymongo|mongodb|mongoose|MongoDB|mongo-driver|Mongo)\b/, "mongodb"],
  [/\b(?:kafka|kafkajs|librdkafka|sarama|aiokafka)\b/i, "kafka"],
  [/\b(?:elasticsearch|opensearch|elastic_transport)\b/i, "elasticsearch"],
  [/\b(?:SqlClient|mssql|tedious|sqlserver)\b/, "mssql"],
  [/\b(?:ldap3?|LDAP)\b/, "ldap"],
];
/** Which kind of server a call was meant for, by the client library that the frames name; null where they name none. */
export function protocolOf({ block }: Candidate, lines: Line[]): string | null {
  if (!block) return null;
  for (let i = block.start; i < block.end && i < block.start + 120; i++)
    for (const [client, protocol] of clients) if (client.test(lines[i]!.text.slice(0, 400))) return protocol;
  return null;
}
