/** Airflow, Prefect, Jenkins, Temporal: schedulers of work. */
import type { Pattern } from "../patterns/pattern";

export const workflow: Pattern[] = [
  {
    id: "airflow-database",
    cause: "dependency/migration-failed",
    literals: ["you need to initialize the database", "airflow db init", "airflow db migrate", "there are still unapplied migrations"],
    pattern:
      String.raw`You need to initialize the database\. Please run ` + "`?" + String.raw`airflow db|There are still unapplied migrations after \d+ seconds?`,
    confidence: "certain",
    product: true,
    fatal: true,
    positive: "ERROR: You need to initialize the database. Please run `airflow db init`.",
    negative: "ran airflow db migrate",
  },
  {
    id: "airflow-executor",
    cause: "config/setting-invalid",
    literals: ["airflowconfigexception"],
    pattern: String.raw`AirflowConfigException: (?P<reason>[^\n]*?(?:section/key \[(?P<env>[\w/]+)\]|error:|cannot use)[^\n]*)`,
    confidence: "certain",
    product: true,
    positive: "airflow.exceptions.AirflowConfigException: error: cannot use SQLite with the CeleryExecutor",
    negative: "airflowconfigexception",
  },
  {
    id: "airflow-fernet",
    cause: "config/setting-invalid",
    literals: ["fernet key must be 32", "could not create fernet object"],
    pattern: String.raw`Fernet key must be 32 url-safe base64-encoded bytes|Could not create Fernet object`,
    confidence: "certain",
    product: true,
    subject: { env: "AIRFLOW__CORE__FERNET_KEY" },
    positive: "airflow.exceptions.AirflowException: Could not create Fernet object: Fernet key must be 32 url-safe base64-encoded bytes.",
    negative: "fernet key must be 32 bytes long",
  },
  {
    id: "temporal-schema",
    cause: "dependency/migration-failed",
    literals: ["version compatibility check failed", "sql schema version compatibility check failed"],
    pattern: String.raw`schema version compatibility check failed: (?P<reason>[^\n]{1,200})`,
    confidence: "certain",
    product: true,
    positive:
      'sql schema version compatibility check failed: version mismatch for keyspace/database: "temporal". Expected version: 1.9 cannot be greater than Actual version: 1.5',
    negative: "version compatibility check failed",
  },
  {
    id: "jenkins-home",
    cause: "app/file-permission-denied",
    literals: ["jenkins_home", "wrong volume permissions"],
    pattern: String.raw`[Cc]an not write to (?P<path>/\S+)\. Wrong volume permissions\?|[Cc]an not write to (?P<path2>/\S*jenkins_home\S*)`,
    confidence: "certain",
    product: true,
    positive: "Can not write to /var/jenkins_home. Wrong volume permissions?",
    negative: "jenkins_home found",
  },
];
