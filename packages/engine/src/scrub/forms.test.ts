import { describe, expect, test } from "vitest";
import { admit } from "./index";

/** Each form of the text before and after; what a diagnosis needs stays readable. */
const forms: Record<string, [string, string][]> = {
  "a URL with user info": [
    ["postgres://app:hunter22@db:5432/shop?sslmode=disable", "postgres://app:«password»@db:5432/shop?sslmode=disable"],
    ["redis://:hunter22@redis:6379/0", "redis://:«password»@redis:6379/0"],
    ["amqp://app:hunter22@rabbit:5672//", "amqp://app:«password»@rabbit:5672//"],
    ["mongodb://app:hunter22@m1:27017,m2:27017/shop", "mongodb://app:«password»@m1:27017,m2:27017/shop"],
    ["https://ci:hunter22@git.example/acme/shop.git", "https://ci:«password»@git.example/acme/shop.git"],
    ["url https%3A%2F%2Fapp%3Ahunter22%40db.example%2Fx", "url https%3A%2F%2Fapp%3A«password»%40db.example%2Fx"],
  ],
  "a URL whose password is not escaped": [
    ["postgres://app:pa@ss22@db:5432/shop", "postgres://app:«password»@db:5432/shop"],
    ["postgres://app:pa#ss22@db:5432/shop", "postgres://app:«password»@db:5432/shop"],
    ["postgres://app:pa/ss22@db:5432/shop", "postgres://app:«password»@db:5432/shop"],
    ["postgres://app:pa?ss22@db:5432/shop", "postgres://app:«password»@db:5432/shop"],
    ["postgres://app:pa ss22@db:5432/shop", "postgres://app:«password»@db:5432/shop"],
    ['parse "postgres://app:pa^ss22@db:5432/shop": net/url: invalid userinfo', 'parse "postgres://app:«password»@db:5432/shop": net/url: invalid userinfo'],
    ["postgresql://app:K9#tail22db:5432/shop", "postgresql://app:«password»:5432/shop"],
  ],
  "a parser's echo": [
    ['could not translate host name "tail22@db" to address', 'could not translate host name "«password»@db" to address'],
    ["Port could not be cast to integer value as 'Hx83kq'", "Port could not be cast to integer value as '«password»'"],
    ['invalid integer value "Hx83kq" for connection option "port"', 'invalid integer value "«password»" for connection option "port"'],
    ['invalid percent-encoded token: "p%ss22"', 'invalid percent-encoded token: "«password»"'],
    ["lookup tail22@db: no such host", "lookup «password»@db: no such host"],
    ['url postgres://app:K9x#q7Rt2w@db/x\nunknown host "q7Rt2w"', 'url postgres://app:«password»@db/x\nunknown host "«password»"'],
  ],
  "a driver's connection string": [
    ["app:hunter22@tcp(mysql:3306)/shop", "app:«password»@tcp(mysql:3306)/shop"],
    ["host=db password=hunter22 user=app sslmode=disable", "host=db password=«password» user=app sslmode=disable"],
    ["Server=db;User Id=sa;Password=hun;ter22;Encrypt=true", "Server=db;User Id=sa;Password=«password»;Encrypt=true"],
    ["jdbc:mysql://db:3306/shop?user=app&password=hunter22&ssl=true", "jdbc:mysql://db:3306/shop?user=app&password=«password»&ssl=true"],
    ["jdbc:oracle:thin:app/hunter22@ora:1521/ORCL", "jdbc:oracle:thin:app/«password»@ora:1521/ORCL"],
  ],
  "a key and its value": [
    ["DB_PASSWORD=hunter22", "DB_PASSWORD=«password»"],
    ['{"password":"hun\\"ter22","host":"db"}', '{"password":"«password»","host":"db"}'],
    ['{"msg":"{\\"password\\":\\"hunter22\\",\\"host\\":\\"db\\"}"}', '{"msg":"{\\"password\\":\\"«password»\\",\\"host\\":\\"db\\"}"}'],
    ["{User:app Password:hunter22 Host:db}", "{User:app Password:«password» Host:db}"],
    ['Password: (string) (len=8) "hunter22",', 'Password: (string) (len=8) "«password»",'],
    ["Config(user=app, password=hunter22, host=db)", "Config(user=app, password=«password», host=db)"],
    ["- name: DB_PASSWORD\n  value: hunter22", "- name: DB_PASSWORD\n  value: «password»"],
    ["<password>hunter22</password>", "<password>«password»</password>"],
    ["password: |\n  hunter22\nhost: db", "password: |\n  «password»\nhost: db"],
    ['{password,<<"hunter22">>}', '{password,<<"«password»">>}'],
    ["?user=app&access_token=abc123def456#top", "?user=app&access_token=«token»#top"],
  ],
  "a header": [
    ["Authorization: Bearer abc.def-123", "Authorization: Bearer «token»"],
    ["'authorization': 'Basic YXBwOmh1bnRlcjIy'", "'authorization': 'Basic «password»'"],
    ["Cookie: sid=3f9a1c77; theme=blue7", "Cookie: sid=«cookie»; theme=«cookie»"],
    ["Set-Cookie: sid=3f9a1c77; Path=/; HttpOnly", "Set-Cookie: sid=«cookie»; Path=/; HttpOnly"],
  ],
  "a command line": [
    ["mysql -h db -u root -phunter22 shop", "mysql -h db -u root -p«password» shop"],
    ["redis-cli -a hunter22 ping", "redis-cli -a «password» ping"],
    ["curl -u app:hunter22 https://api.example", "curl -u app:«password» https://api.example"],
    ["['mysqladmin', '-phunter22', 'ping']", "['mysqladmin', '-p«password»', 'ping']"],
    ["tool --password hunter22 --verbose", "tool --password «password» --verbose"],
    ["+ echo 'app:hunter22' | chpasswd", "+ echo 'app:«password»' | chpasswd"],
  ],
  "a statement": [
    ["ALTER USER app WITH PASSWORD 'hunter22'", "ALTER USER app WITH PASSWORD '«password»'"],
    ["CREATE USER 'app'@'h' IDENTIFIED BY 'hunter22'", "CREATE USER 'app'@'h' IDENTIFIED BY '«password»'"],
    ["AUTH hunter22", "AUTH «password»"],
  ],
  "a sentence of a product": [
    ["Generating Redis password: 5d41402abc4b2a76", "Generating Redis password: «password»"],
    ["A temporary password is generated for root@localhost: hW3;kq9Xz", "A temporary password is generated for root@localhost: «password»"],
    ["following password to proceed to installation:\n\n5d41402abc4b2a76b9719d91\n", "following password to proceed to installation:\n\n«password»\n"],
  ],
  "a trace": [
    ["PDO->__construct('mysql:host=db', 'app', 'hunter22')", "PDO->__construct('mysql:host=db', 'app', '«password»')"],
    ["name: 'auth', args: [ 'app', 'hunter22' ]", "name: 'auth', args: [ 'app', '«password»' ]"],
  ],
  "something encoded": [
    [`payload ${btoa("password=hunter22;x")}`, "payload «password»"],
    [`{"auths":{"r":{"auth":"${btoa("app:hunter22!")}"}}}`, '{"auths":{"r":{"auth":"«password»"}}}'],
  ],
  "a private key": [
    ["-----BEGIN PRIVATE KEY-----\nMIIEabcd\n-----END PRIVATE KEY-----\nafter", "«pem»\nafter"],
    ['"key":"-----BEGIN EC PRIVATE KEY-----\\nMHcabc\\n-----END EC PRIVATE KEY-----\\n"', '"key":"«pem»\\n"'],
  ],
  "a dumped Secret": [["data:\n  app.ini: aHVudGVyMjI=\nkind: Secret", "data:\n  app.ini: «secret»\nkind: Secret"]],
};

function btoa(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bits = Array.from(text)
    .map((letter) => letter.charCodeAt(0).toString(2).padStart(8, "0"))
    .join("");
  const words = bits.match(/.{1,6}/g)!.map((word) => alphabet[Number.parseInt(word.padEnd(6, "0"), 2)]);
  return words.join("").padEnd(Math.ceil(words.length / 4) * 4, "=");
}

describe("a secret is masked and its surroundings stay readable in", () => {
  test.each(Object.keys(forms))("%s", (name) => {
    const cases = forms[name]!;
    expect(cases.map(([before]) => admit(before).text)).toEqual(cases.map(([, after]) => after));
  });
});

test("a token is named by what it is, whatever stands around it", () => {
  const body = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5kL7";
  expect(admit(`value ghp_${body.slice(0, 36)} here`).text).toBe("value «token:ghp» here");
  expect(admit(`API_TOKEN=glpat-${body.slice(0, 20)}`).text).toBe("API_TOKEN=«token:gitlab»");
  expect(admit(`id AKIA${body.slice(0, 16).toUpperCase()}`).text).toBe("id «key:aws»");
});

test("scrubbing again changes nothing", () => {
  for (const [before] of Object.values(forms).flat()) {
    const once = admit(before).text;
    expect(admit(once)).toEqual({ text: once, leaked: [], cut: "none" });
  }
});
