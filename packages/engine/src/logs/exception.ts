/** A block that no pattern explains is an exception of the application itself. */
import type { Confidence, Detail, Subject } from "../model/report";
import type { Block } from "./block";
import type { Line } from "./line";

/** Errors that are made by wrong code, whatever the world outside does. */
const programming =
  /(?:^|[.\\:])(?:TypeError|ReferenceError|RangeError|SyntaxError|NullPointerException|NullReferenceException|IndexError|IndexOutOfBoundsException|ArrayIndexOutOfBoundsException|StringIndexOutOfBoundsException|ClassCastException|InvalidCastException|AttributeError|NameError|UnboundLocalError|ZeroDivisionError|DivisionByZeroError|ArithmeticException|DivideByZeroException|NoMethodError|ArgumentCountError|UnhandledMatchError|MatchError|FunctionClauseError|CaseClauseError|UndefinedFunctionError|ArithmeticError|NotImplementedError|NotImplementedException|IndentationError|StackOverflowError|RecursionError|ConcurrentModificationException|KeyNotFoundException|UninitializedPropertyAccessException|AssertionError|Error(?=: Call to))$/;
const panics =
  /runtime error: |nil map|index out of (?:range|bounds)|slice bounds|nil pointer|all goroutines are asleep|concurrent map|unwrap\(\)` on a `None`|attempt to (?:add|subtract|multiply|divide|calculate)|RefCell|already borrowed|interface conversion|close of (?:closed|nil) channel|send on closed|not yet implemented|unreachable code|stack overflow|goroutine stack exceeds|called `Option::unwrap/;
/** Classes that say nothing by themselves. */
const generic =
  /^(?:Error|Exception|RuntimeError|ValueError|StandardError|TypeError|AttributeError|(?:java\.lang\.)?(?:IllegalArgumentException|IllegalStateException|RuntimeException)|System\.(?:InvalidOperationException|ArgumentException|ArgumentNullException|Exception))?$/;
/** Exceptions that only wrap another process or the server around the application. */
const wrappers =
  /(?:CalledProcessError|SystemExit|HaltServer|KeyboardInterrupt|ChildFailedError|ProcessExitedException|ProcessRaisedException|EngineDeadError|EngineGenerationError|ShardCannotStart|CancelledError|WorkerLostError|BrokenPipeError|Bundler::\w+|Puma::\w+)$/;
const assertions = /^(?:assertion|Assertion|assert )|AssertionError|AssertionFailed|assert\.Fail|Debug\.Assert|check failed/;

/** Exceptions whose class alone tells the cause, whatever their message says (some have none). */
const telling: [RegExp, string, Confidence][] = [
  [/(?:AMQPConnectionError|NoBrokersAvailable|BrokerNotAvailableError|ConnectionRefusedError|ECONNREFUSED|RedisConnectionException|MongoSocketOpenException|RedisConnectionFailureException|AmqpConnectException|BrokerUnreachableException|ServiceUnavailable(?:Exception|Error)?|NewConnectionError|KafkaConnectionError|ClientConnectorError|CannotConnectNowException|AMQPConnectionWorkflowFailed)$/, "dependency/refused", "likely"],
  [/(?:ConnectTimeout|ConnectTimeoutError|ConnectTimeoutException|ServerSelectionTimeoutError|MongoTimeoutException|SocketTimeoutException|NoNodeAvailableException|ConnectionTimeout)$/, "dependency/timeout", "likely"],
  [/(?:UnknownHostException|NameResolutionError|gaierror|UnresolvedAddressException)$/, "dependency/name-not-resolved", "likely"],
  [/(?:AuthenticationError|AuthenticationException|PossibleAuthenticationFailureException|AuthenticationFailureException|UnauthorizedError|InvalidAuthorizationSpecification|InvalidPassword|TokenInvalid|LoginFailure|PermissionDenied|ClientAuthenticationError)$/, "dependency/credentials-rejected", "likely"],
  [/(?:SSLHandshakeException|SSLCertVerificationError|CertificateException|AuthenticationException: The remote certificate)$/, "dependency/tls-rejected", "likely"],
  [/(?:ImproperlyConfigured|MissingSettingError|ConfigurationException|ConfigException|ConfigurationError|ConfigError|InvalidConfigurationException|OptionsValidationException|SettingsError|InvalidConfigError)$/, "config/setting-invalid", "likely"],
  [/(?:UndefinedValueError|MissingEnvironmentVariable\w*|EnvVarMissing\w*|MissingRequiredConfig\w*)$/, "config/setting-missing", "likely"],
  [/(?:MigrationException|FlywayException|LiquibaseException|PendingMigrationError|InconsistentMigrationHistory|NodeNotFoundError)$/, "dependency/migration-failed", "likely"],
  [/(?:NoDatabaseError|UnknownDatabase\w*|DatabaseNotFound\w*|InvalidCatalogName|NoSuchBucket\w*|UnknownTopicOrPartition\w*)$/, "dependency/database-missing", "likely"],
  [/(?:FileNotFoundError|FileNotFoundException|NoSuchFileException|Errno::ENOENT|DirectoryNotFoundException)$/, "config/file-missing", "likely"],
  [/(?:TemplateNotFound|TemplateDoesNotExist)$/, "config/file-missing", "likely"],
  [/(?:PermissionError|AccessDeniedException|Errno::EACCES|UnauthorizedAccessException)$/, "app/file-permission-denied", "possible"],
  [/(?:ModuleNotFoundError|ClassNotFoundException|NoClassDefFoundError|LoadError|DllNotFoundException|Gem::MissingSpecError|Gem::LoadError)$/, "start/library-missing", "likely"],
  [/(?:OutOfMemoryError|OutOfMemoryException|MemoryError|NoMemoryError)$/, "memory/heap-exhausted", "likely"],
  [/(?:Lock(?:ed|Timeout|Error|edError|Exception|ObtainFailedException)|\w+Locked|AlreadyLocked|AlreadyRunning\w*)$/, "app/data-locked", "likely"],
  [/(?:RateLimitError|TooManyRequests|ThrottlingException|QuotaExceeded\w*)$/, "dependency/quota-exhausted", "likely"],
]; // prettier-ignore
/** Calls that stand in the frames of an exception and tell what it was about, where its text does not. */
const framesTell: [RegExp, string][] = [
  [/FileTxnLog|FileHeader\.deserialize|SSTableReader|CommitLogReplayer|Translog|LogSegment\.recover/, "app/data-corrupt"],
  [
    /set_ConnectionString|ConnectionStringBuilder|DbConnectionOptions|ConnectionStringParser|parse_dsn|make_url|parse_url\(|ConnectionString\.<init>|GetRequiredService.*ConnectionString/,
    "config/setting-invalid",
  ],
];

export interface ExceptionFound {
  cause: string;
  subject: Partial<Subject>;
  details: Record<string, Detail>;
  at: number;
  score: number;
  confidence: Confidence;
  by: string;
  product: boolean;
  symptom: boolean;
}

export function exceptionOf(block: Block, lines: Line[]): ExceptionFound | null {
  const link = block.links[block.root];
  if (!link) return null;
  const type = link.type?.replace(/^\\/, "") ?? null;
  const own = (type !== null && programming.test(type)) || panics.test(link.message) || (block.runtime === "php" && !(type ?? "").endsWith("Exception"));
  const wraps = type !== null && wrappers.test(type);
  const assertion = assertions.test(link.message) || (type !== null && assertions.test(type));
  const byClass = type === null ? undefined : telling.find(([pattern]) => pattern.test(type));
  const frame = framesTell.find(([pattern]) => frameMatches(block, lines, pattern));
  const setting = own || generic.test(type ?? "") ? settingInSource(block, lines) : null;
  const details: Record<string, Detail> = { runtime: block.runtime };
  if (type) details.exception = type.slice(0, 200);
  const message = (link.message || lines[link.at]!.text).trim();
  if (message && !/:\/\/[^/\s]*:[^/\s]*@/.test(message)) details.message = message.slice(0, 300);
  if (block.frame) details.frame = block.frame.slice(0, 300);
  if (setting && /None|null|undefined|nil|empty|not defined|Expected string|int\(\)/i.test(`${type} ${message}`)) {
    return {
      cause: "config/setting-missing",
      subject: { env: setting },
      details,
      at: link.at,
      score: 3,
      confidence: "likely",
      by: `${block.runtime}-source`,
      product: false,
      symptom: false,
    };
  }
  if (byClass || (frame && !assertion)) {
    const [cause, confidence]: [string, Confidence] = byClass ? [byClass[1], byClass[2]] : [frame![1], "possible"];
    return {
      cause,
      subject: {},
      details,
      at: link.at,
      score: 1.5,
      confidence,
      by: `${block.runtime}-${byClass ? "class" : "frame"}`,
      product: false,
      symptom: false,
    };
  }
  return {
    cause: assertion && block.runtime !== "python" ? "app/assertion-failed" : "app/uncaught-exception",
    subject: { name: (type ?? firstWords(message)).slice(0, 120), ...(block.frame ? { path: block.frame.replace(/:\d+$/, "").slice(0, 300) } : {}) },
    details,
    at: link.at,
    score: wraps ? -2 : block.runtime === "exception" ? -0.5 : own || assertion ? 2.5 : 0,
    confidence:
      wraps || (block.runtime === "exception" && !own)
        ? "possible"
        : own && inSettings(type, message, block.frame)
          ? "likely"
          : own && (block.fatal || block.frame !== null)
            ? "certain"
            : own || block.frame !== null
              ? "likely"
              : "possible",
    by: `${block.runtime}-exception`,
    product: false,
    symptom: wraps,
  };
}
function firstWords(message: string): string {
  return message.split("\n")[0]!.slice(0, 80);
}
/** Quoted source that reads a variable: `os.getenv("X")`, `os.environ["X"]`, `process.env.X`, `ENV["X"]`, `ENV.fetch("X")`. */
const reads =
  /(?:os\.(?:getenv|environ(?:\.get)?)\s?[([]\s?['"]|process\.env(?:\.|\[['"])|\bENV(?:\.fetch\(|\[)['"]|(?:getenv|env)\(['"])([A-Z][A-Z0-9_]{2,60})/;
function settingInSource(block: Block, lines: Line[]): string | null {
  let found: string | null = null;
  for (let i = block.start; i < block.end && i < block.start + 200; i++) found = reads.exec(lines[i]!.text.slice(0, 400))?.[1] ?? found;
  return found;
}
/** A missing value met while settings are read is a missing setting as likely as wrong code. */
function inSettings(type: string | null, message: string, frame: string | null): boolean {
  return frame !== null && /\b(?:config|settings?|env(?:ironment)?|options)[\w.-]*:\d+/i.test(frame) && /undefined|None|null|nil/.test(`${type} ${message}`);
}
function frameMatches(block: Block, lines: Line[], pattern: RegExp): boolean {
  for (let i = block.start; i < block.end && i < block.start + 40; i++) if (pattern.test(lines[i]!.text.slice(0, 300))) return true;
  return false;
}
