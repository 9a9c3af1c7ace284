/** Secrets by kind, made anew for each plant: what is secret in them, and the ways in which programs show them. */
import type { Random } from "./random";

export interface Plant {
  /** What must not be seen, whole or in part. */
  secret: string;
  /** One line (or several) that holds it, as a program would print it. */
  shown: string;
}
export interface Kind {
  name: string;
  make: (r: Random) => Plant;
}

const sentences = [
  "using token %",
  "request failed with key % (403)",
  "loaded credential %",
  "%",
  "client started: %, retrying",
  'config: {"value":"%"}',
  "cannot use '%' here",
];
/** Tokens that tell by their shape: they may stand anywhere. */
const shaped = (name: string, make: (r: Random) => string): Kind => ({
  name,
  make: (r) => {
    const secret = make(r);
    return { secret, shown: r.pick(sentences).replace("%", () => secret) };
  },
});
const forms = [
  "K=%",
  'K="%"',
  "K: %",
  '"K":"%"',
  '"K": "%",',
  "export K='%'",
  "{K:% Other:1}",
  "K=%, other=1",
  'K: "%"',
  "--K=%",
  '{"name":"K","value":"%"}',
  "- name: K\n  value: %",
  "<K>%</K>",
  "map[K:% other:x]",
  "{K=%, other=1}",
  "K -> K=%;other=1",
  '\\"K\\":\\"%\\"',
];
/** Secrets that only their key betrays. */
const keyed = (name: string, keys: string[], make: (r: Random) => string): Kind => ({
  name,
  make: (r) => {
    const secret = make(r);
    const key = r.pick(keys);
    return {
      secret,
      shown: r
        .pick(forms)
        .replaceAll("K", key)
        .replace("%", () => secret),
    };
  },
});
const told = (name: string, make: (r: Random) => string, shows: string[]): Kind => ({
  name,
  make: (r) => {
    const secret = make(r);
    return { secret, shown: r.pick(shows).replaceAll("%", () => secret) };
  },
});

const password = (r: Random): string =>
  `${r.word(1, "upper")}${r.word(2 + r.int(14), "password")}${r.word(1, "lower")}${r.word(3, "digits")}${r.word(3, "alnum")}`;
const awkward = (r: Random): string => `${r.word(5)}${r.pick(["@", "#", "/", "?", "%", "^", "&", "@#", "/?"])}${r.word(7)}${r.int(90) + 10}`;
const dsn = (name: string, ...shows: string[]): Kind => told(name, password, shows);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const jwt = (r: Random): string =>
  `${base64('{"alg":"HS256","typ":"JWT"}').replace(/=+$/, "")}.${base64(`{"sub":"${r.word(12)}","iat":17${r.word(8, "digits")}}`).replace(/=+$/, "")}.${r.word(43, "url")}`;
const pemBody = (r: Random): string[] => Array.from({ length: 6 }, () => r.word(64, "base64"));
const pem = (name: string, join: (lines: string[]) => string): Kind => ({
  name,
  make: (r) => {
    const body = pemBody(r);
    return { secret: r.pick(body), shown: join(["-----BEGIN RSA PRIVATE KEY-----", ...body, "-----END RSA PRIVATE KEY-----"]) };
  },
});

export const kinds: Kind[] = [
  shaped("github", (r) => `${r.pick(["ghp", "gho", "ghs", "ghu"])}_${r.word(36)}`),
  shaped("github fine-grained", (r) => `github_pat_${r.word(22)}_${r.word(59)}`),
  shaped("gitlab", (r) => `glpat-${r.word(20, "url")}`),
  shaped("slack", (r) => `xoxb-${r.word(12, "digits")}-${r.word(12, "digits")}-${r.word(24)}`),
  shaped("stripe", (r) => `sk_${r.pick(["live", "test"])}_${r.word(24)}`),
  shaped("anthropic", (r) => `sk-ant-api03-${r.word(80, "url")}`),
  shaped("openai", (r) => `sk-proj-${r.word(64)}`),
  shaped("hugging face", (r) => `hf_${r.word(34)}`),
  shaped("npm", (r) => `npm_${r.word(36)}`),
  shaped("pypi", (r) => `pypi-AgEIcHlwaS5vcmc${r.word(80, "url")}`),
  shaped("vault", (r) => `hvs.${r.word(90, "url")}`),
  shaped("sendgrid", (r) => `SG.${r.word(22)}.${r.word(43)}`),
  shaped("digitalocean", (r) => `dop_v1_${r.word(64, "hex")}`),
  shaped("databricks", (r) => `dapi${r.word(32, "hex")}`),
  shaped("grafana", (r) => `glsa_${r.word(32)}_${r.word(8, "hex")}`),
  shaped("new relic", (r) => `NRAK-${r.word(27, "upper")}`),
  shaped("linear", (r) => `lin_api_${r.word(40)}`),
  shaped("notion", (r) => `ntn_${r.word(46)}`),
  shaped("shopify", (r) => `shpat_${r.word(32, "hex")}`),
  shaped("square", (r) => `sq0atp-${r.word(22)}`),
  shaped("atlassian", (r) => `ATATT3xFfGF0${r.word(172)}`),
  shaped("docker", (r) => `dckr_pat_${r.word(27)}`),
  shaped("age", (r) => `AGE-SECRET-KEY-1${r.word(58, "upper")}`),
  shaped("google api key", (r) => `AIza${r.word(35)}`),
  shaped("google oauth", (r) => `ya29.${r.word(80, "url")}`),
  shaped("aws key id", (r) => `AKIA${r.word(16, "upper")}`),
  shaped("jwt", jwt),
  shaped("telegram", (r) => `https://api.telegram.org/bot${r.word(10, "digits")}:${r.word(35)}/getMe`.replace(/^.*?bot/, "https://api.telegram.org/bot")),
  shaped("telegram bare", (r) => `${r.word(9, "digits").replace(/^0/, "1")}:AA${r.word(33)}`),
  shaped("slack webhook", (r) => `hooks.slack.com/services/T${r.word(8, "upper")}/B${r.word(8, "upper")}/${r.word(24)}`),
  shaped("discord webhook", (r) => `discord.com/api/webhooks/${r.word(18, "digits")}/${r.word(68, "url")}`),
  shaped("azure client secret", (r) => `${r.word(3)}8Q~${r.word(34)}`),
  shaped("tailscale", (r) => `tskey-auth-${r.word(12)}-${r.word(32)}`),
  shaped("bcrypt hash", (r) => `$2b$12$${r.word(53)}`),
  keyed("aws secret key", ["AWS_SECRET_ACCESS_KEY", "aws_secret_access_key", "secretAccessKey"], (r) => r.word(40, "base64")),
  keyed("datadog", ["DD_API_KEY", "dd-api-key", "datadogApiKey"], (r) => r.word(32, "hex")),
  keyed("twilio", ["TWILIO_AUTH_TOKEN", "twilio.authToken"], (r) => r.word(32, "hex")),
  keyed("cloudflare", ["CLOUDFLARE_API_TOKEN", "cfApiToken"], (r) => r.word(40, "url")),
  keyed("heroku", ["HEROKU_API_KEY"], (r) => `${r.word(8, "hex")}-${r.word(4, "hex")}-4${r.word(3, "hex")}-a${r.word(3, "hex")}-${r.word(12, "hex")}`),
  keyed("client secret", ["client_secret", "OAUTH_CLIENT_SECRET", "clientSecret", "spring.security.oauth2.client-secret"], (r) => r.word(32, "url")),
  keyed("session secret", ["SECRET_KEY_BASE", "SESSION_SECRET", "DJANGO_SECRET_KEY", "secretKey"], (r) => r.word(64, "hex")),
  keyed("encryption key", ["ENCRYPTION_KEY", "encryptionKey", "SIGNING_KEY", "JWT_SECRET"], (r) => r.word(44, "base64")),
  keyed("access token", ["ACCESS_TOKEN", "accessToken", "refresh_token", "X-Auth-Token", "api_token"], (r) => r.word(40)),
  keyed("password", ["DB_PASSWORD", "password", "spring.datasource.password", "dbPassword", "MYSQL_ROOT_PASSWORD", "REDIS_PASSWORD", "adminPasswd"], password),
  keyed("passphrase", ["KEY_PASSPHRASE", "passphrase", "ssl.keystore.password"], password),
  dsn("postgres", "postgres://app:%@db:5432/shop?sslmode=disable", "dial postgresql://app:%@db.shop.svc:5432/shop: connect: connection refused"),
  dsn("mysql go", "app:%@tcp(mysql:3306)/shop?parseTime=true", "dsn=app:%@tcp(10.0.0.3:3306)/shop"),
  dsn("mongodb", "mongodb+srv://app:%@cluster0.example.net/shop?retryWrites=true", "mongodb://app:%@m1:27017,m2:27017/shop"),
  dsn("redis", "redis://:%@redis:6379/0", "rediss://default:%@cache.example:6380"),
  dsn("amqp", "amqp://app:%@rabbit:5672/vhost", "Cannot connect to amqp://app:%@rabbit:5672//: timed out"),
  dsn(
    "jdbc",
    "jdbc:postgresql://db:5432/shop?user=app&password=%&ssl=true",
    "jdbc:sqlserver://db:1433;databaseName=shop;user=app;password=%;encrypt=true",
    "jdbc:oracle:thin:app/%@ora:1521/ORCL",
  ),
  dsn("ado.net", "Server=db,1433;Database=shop;User Id=sa;Password=%;Encrypt=True", "Host=db;Username=app;Password=%;Database=shop"),
  dsn("libpq", "host=db port=5432 user=app password=% dbname=shop sslmode=disable", "host=db password='%' user=app"),
  told("awkward url", awkward, [
    "postgres://app:%@db:5432/shop",
    "could not connect to mysql://app:%@mysql:3306/shop",
    "amqp://app:%@rabbit:5672/",
    'parse "postgres://app:%@db:5432/shop": net/url: invalid userinfo',
  ]),
  told("azure storage", (r) => `${r.word(86, "base64")}==`, ["DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=%;EndpointSuffix=core.windows.net"]),
  told("azure bus", (r) => `${r.word(43, "base64")}=`, ["Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=%"]),
  told("azure sas", (r) => `${r.word(40)}%3D`, ["https://shop.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sr=b&sig=%"]),
  told("sentry dsn", (r) => r.word(32, "hex"), ["https://%@o123.ingest.sentry.io/456", "SENTRY_DSN=https://%@sentry.example/2"]),
  told("bearer", (r) => r.word(40), [
    "Authorization: Bearer %",
    "'Authorization': 'Bearer %'",
    '"authorization":["Bearer %"]',
    "-H 'Authorization: Bearer %'",
    "Authorization:[Bearer %]",
  ]),
  {
    name: "basic",
    make: (r) => {
      const secret = base64(`app:${password(r)}`);
      return {
        secret: secret.replace(/=+$/, ""),
        shown: r.pick(["Authorization: Basic %", "curl -H 'authorization: basic %'", '"auth":"%"']).replace("%", () => secret),
      };
    },
  },
  told("cookie", (r) => r.word(32), ["Cookie: theme=1; sid=%", "Set-Cookie: session=%; Path=/; HttpOnly", '"cookie":"connect.sid=%; x=1"']),
  pem("pem", (lines) => lines.join("\n")),
  pem("pem on one line", (lines) => `"private_key":"${lines.join("\\n")}\\n"`),
  pem("pem in yaml", (lines) => `  tls.key: |\n${lines.map((line) => `    ${line}`).join("\n")}`),
  told("printed at start", (r) => r.word(40, "hex"), [
    "Generating Redis password: %",
    "GENERATED ROOT PASSWORD: %",
    "[Note] A temporary password is generated for root@localhost: %",
    "MySQL root password (from /etc/mysql/rootpw): %",
    "Please use the following password to proceed to installation:\n\n%\n",
    "Initial Root Token: %",
    "Unseal Key 1: %",
    "Using generated security password: %",
    "http://127.0.0.1:8888/lab?token=%",
    "Password for the elastic user is: %",
    "login with username: admin password: %",
  ]),
  told("arguments", password, [
    "mysql -h db -u root -p% shop",
    "redis-cli -h redis -a % ping",
    "curl -u app:% https://api.example/",
    "curl --user app:% https://api.example/",
    "sshpass -p % ssh app@host",
    "docker login -u app -p % registry.example",
    "tool --password % --verbose",
    "tool --password=%",
    '["tool","--password","%"]',
    "['mysqladmin', '-uroot', '-p%', 'ping']",
    "+ ldapsearch -x -D cn=admin -w % -b dc=x",
    "--from-literal=api-key=%",
    "rabbitmqctl change_password app %",
    "openssl rsa -passin pass:% -in x",
  ]),
  told("sql", password, [
    "CREATE USER 'app'@'%%' IDENTIFIED BY '%'".replace("%%", "h"),
    "ALTER USER app WITH PASSWORD '%'",
    "ALTER ROLE app ENCRYPTED PASSWORD '%';",
    "SET PASSWORD FOR 'app'@'h' = '%'",
    "CREATE LOGIN app WITH PASSWORD = '%'",
    "GRANT ALL ON *.* TO 'app'@'h' IDENTIFIED BY '%'",
  ]),
  told("redis auth", password, [
    "AUTH %",
    "redis-cli AUTH app %",
    "requirepass %",
    "CONFIG SET requirepass %",
    "command: { name: 'auth', args: [ 'app', '%' ] }",
  ]),
  told("php trace", password, [
    "#0 /app/db.php(12): PDO->__construct('mysql:host=db', 'app', '%')",
    "#1 /app/x.php(3): mysqli->__construct('db', 'app', '%', 'shop')",
    "#2 /app/y.php(9): ldap_bind(Object(LDAP\\Connection), 'cn=app', '%')",
  ]),
  told("language dumps", password, [
    'Password: (string) (len=18) "%",',
    'Password:"%", Host:"db"',
    "Config(user=app, password=%, host=db)",
    'Config { user: "app", password: Some("%") }',
    '{:password=>"%"}',
    "[password] => %",
    '["password"]=>\n  string(12) "%"',
    '{password,<<"%">>}',
    's:8:"password";s:12:"%";',
    'MongoCredentials { username: "app", password: "%" }',
    "non-default args: {'hf_token': '%'}",
    "('password', '%')",
    '#<Config @password="%">',
    "Config { Password = %, Host = db }",
  ]),
  told("set -x", password, ["+ export DB_PASSWORD=%", "+ DB_PASSWORD=% ./start.sh", "++ PGPASSWORD='%' psql -h db", "+ echo 'app:%' | chpasswd"]),
  told("yaml block", password, ["password: |\n  %\nhost: db", "  api-token: >-\n    %"]),
  {
    name: "docker config",
    make: (r) => {
      const secret = password(r);
      return { secret, shown: `{"auths":{"registry.example":{"username":"app","password":"${secret}","auth":"${base64(`app:${secret}`)}"}}}` };
    },
  },
  {
    name: "dumped Secret",
    make: (r) => {
      const secret = password(r);
      return { secret, shown: `apiVersion: v1\ndata:\n  config.ini: ${base64(secret)}\nkind: Secret\nmetadata:\n  name: api` };
    },
  },
  {
    name: "url seen elsewhere",
    make: (r) => {
      const secret = awkward(r);
      const tail = secret.split(/[@#/?%^&]/).at(-1)!;
      return { secret, shown: `url=postgres://app:${secret}@db:5432/shop\ncould not translate host name "${tail}@db" to address: Name or service not known` };
    },
  },
  {
    name: "host echo",
    make: (r) => {
      const secret = `${r.word(6)}${r.int(90)}aB`;
      return {
        secret,
        shown: r.pick([
          `could not translate host name "${secret}@db" to address: Name or service not known`,
          `Error: getaddrinfo ENOTFOUND ${secret}@redis`,
          `dial tcp: lookup ${secret}@db: no such host`,
        ]),
      };
    },
  },
  {
    name: "port echo",
    make: (r) => {
      const secret = `${r.word(6)}${r.int(90)}aB`;
      return {
        secret,
        shown: r.pick([
          `ValueError: Port could not be cast to integer value as '${secret}'`,
          `invalid integer value "${secret}" for connection option "port"`,
          `parse "x": invalid port ":${secret}" after host`,
          `invalid percent-encoded token: "${secret}"`,
        ]),
      };
    },
  },
];
