import { gzipSync } from "node:zlib";
import {
  looksSecret,
  secretIn,
  secretWithin,
  shown,
  soundsSecret,
  userData,
} from "../../policies/reading/secret";
import { type Registration, Stack, type Surroundings } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const random = "kX9vQ2mB7tR4zL1wE8yN5cJ3";
/** Put together here, so that no scanner takes this file for a leak. */
const key = (...parts: string[]) => parts.join("");
const aws = key("AKIA", "QWERTYUIOPASDFGH");
const jwt = key("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".c2lnbmF0dXJl-_abc");
const pem = key("-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----");

test.each([
  ["POSTGRES_PASSWORD", "hunter2"],
  ["POSTGRES_PASSWORD", "123456"],
  ["PGPASSWORD", "hunter2"],
  ["dbPassword", "hunter2"],
  ["db.password", "hunter2"],
  ["SMTP_PASS", "hunter2"],
  ["MYSQL_PWD", "hunter2"],
  ["PASSWORD", "password"],
  ["ADMIN_PASSWORD_2", "hunter2"],
  ["ADMIN_PASSWORD2", "hunter2"],
  ["DB_PASSWORD_PROD", "hunter2"],
  ["JWT_SECRET", "super-secret"],
  ["JWT_SECRET", "my-secret-key"],
  ["SECRET_KEY", "django-insecure-abc"],
  ["SECRET_KEY_BASE", random],
  ["API_KEY", "abc"],
  ["APIKEY", "abcd"],
  ["apiKey", "abcd"],
  ["API_KEY_OPENAI", random],
  ["API_KEY_SALT", "pinch"],
  ["GITHUB_TOKEN", "abcdef"],
  ["AWS_SECRET_ACCESS_KEY", `${random}/abc+def`],
  ["ENCRYPTION_KEY", random],
  ["APP_KEY", "base64:c29tZXRoaW5n"],
  ["BASIC_AUTH", "admin:hunter2"],
  ["DB_CREDENTIALS", "admin:hunter2"],
  ["PRIVATE_KEY", random],
  ["DB_PASSWORD", "CHANGE_ME"],
  ["DB_PASSWORD", "x"],
  ["DBPASS", "hunter2"],
  ["AIRFLOW__CORE__FERNET_KEY", "hunter2"],
])("a name gives it away: %s", (name, value) => {
  expect(looksSecret(name, value)).toBe("a secret (by its name)");
});

test.each([
  ["AWS_ACCESS_KEY_ID", aws, "an AWS access key"],
  ["ID", `key=${key("ASIA", "QWERTYUIOPASDFGH")};`, "an AWS access key"],
  ["LLM", key("sk-", "proj-abcdefghij0123456789"), "an API key"],
  ["LLM", key("sk-", "ant-api03-abcdefghij0123456789"), "an API key"],
  ["GROQ", key("gsk_", "abcdefghij0123456789AB"), "an API key"],
  ["STRIPE", key("sk_", "live_abcdefghij0123"), "an API key"],
  ["HUB", key("hf_", "abcdefghijABCDEFGHIJ"), "a Hugging Face token"],
  ["GIT", key("ghp_", "abcdefghijABCDEFGHIJ0123456789abcdef"), "a GitHub token"],
  ["CHAT", key("xoxb-", "1234567890-abcdef"), "a Slack token"],
  ["MAPS", key("AIza", "SyA1234567890abcdefghijklmnopqrstuv"), "a Google API key"],
  ["TLS", pem, "a private key"],
  ["SESSION", jwt, "a signed token"],
  ["DATABASE_URL", "postgresql+asyncpg://lexia:hunter2@postgres:5432/lexia", "a password inside a URL"],
  ["REDIS_URL", "redis://:hunter2@redis:6379/0", "a password inside a URL"],
  ["MONGODB_URI", "mongodb://admin:a.b-c_d@a:27017,b:27017/x?authSource=admin", "a password inside a URL"],
  ["JDBC", "jdbc:postgresql://db/x?user=a&password=hunter2", "a password inside a URL"],
  ["MSSQL", "Server=db;User Id=sa;Password=hunter2;", "a password inside a URL"],
  ["ALERTS", key("https://hooks.slack.com/", "services/T0123456/B0123456/abcdefghijkl"), "a webhook's"],
])("a form gives it away: %s", (name, value, kind) => {
  expect(looksSecret(name, value)).toContain(kind);
  expect(looksSecret(name, value)).not.toContain(value);
});

test.each([
  // Counts, sizes and lengths of time
  ["MAX_TOKENS", "4096"],
  ["MAX_TOKENS", "128000000"],
  ["MAX_TOKEN", "128000000"],
  ["NUM_TOKENS", "1e6"],
  ["TOKEN_LIMIT", "8192"],
  ["TOKEN_TTL", "3600"],
  ["ACCESS_TOKEN_EXPIRE_MINUTES", "30"],
  ["JWT_SECRET_ROTATION_DAYS", "90"],
  ["REFRESH_TOKEN", "15m"],
  ["PASSWORD_MIN_LENGTH", "12"],
  ["SALT_ROUNDS", "10"],
  ["BCRYPT_SALT", "12"],
  // Switches and kinds
  ["REQUIRE_PASSWORD", "true"],
  ["USE_SECRET", "no"],
  ["TOKENIZERS_PARALLELISM", "false"],
  ["ALLOW_EMPTY_PASSWORD", "yes"],
  ["AUTH_TOKEN", "required"],
  ["TOKEN_TYPE", "bearer"],
  ["ACCESS_TOKEN", "jwt"],
  ["JWT_ALGORITHM", "HS256"],
  ["PASSWORD_HASHER", "argon2"],
  ["TOKEN_ISSUER", "https://auth.example.com/"],
  ["API_KEY_HEADER", "X-Api-Key"],
  ["TOKEN_COOKIE", "session"],
  ["PASSWORD_RESET_SUBJECT", "Reset your password"],
  // References
  ["DB_SECRET_ARN", "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-a1B2c3"],
  ["DB_PASSWORD", "arn:aws:ssm:eu-west-3:123456789012:parameter/prod/db"],
  ["DB_SECRET_NAME", "prod-db"],
  ["SECRET_ID", "prod-db"],
  ["DB_SECRET", "prod/orders/db"],
  ["DB_PASSWORD", "ssm:/prod/db/password"],
  ["DB_PASSWORD", "vault:secret/data/db#password"],
  ["DB_PASSWORD", "op://vault/item/password"],
  ["API_TOKEN", "{{resolve:secretsmanager:db}}"],
  ["KMS_KEY_ID", "1234abcd-12ab-34cd-56ef-1234567890ab"],
  ["AWS_ACCESS_KEY_ID", ""],
  ["TOKEN_URL", "https://auth.example.com/oauth/token"],
  ["IMAGE_PULL_SECRET", "regcred"],
  ["TLS_SECRET", "web-tls"],
  // Paths
  ["POSTGRES_PASSWORD_FILE", "/run/secrets/db"],
  ["DB_PASSWORD", "/run/secrets/db_password"],
  ["PRIVATE_KEY", "./keys/app.pem"],
  ["PRIVATE_KEY_PATH", "/etc/tls/tls.key"],
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/token"],
  ["PWD", "/app"],
  // Nothing, and what is filled in later
  ["DB_PASSWORD", ""],
  ["DB_PASSWORD", "   "],
  ["DB_PASSWORD", key("$", "{DB_PASSWORD}")],
  ["DB_PASSWORD", "$(DB_PASSWORD)"],
  ["DB_PASSWORD", "$DB_PASSWORD"],
  ["DB_PASSWORD", "{{ .Values.password }}"],
  ["DB_PASSWORD", "<your-password>"],
  ["DB_PASSWORD", "none"],
  ["DATABASE_URL", key("postgres://app:$", "{DB_PASSWORD}@db/app")],
  ["DATABASE_URL", "postgres://app:$(DB_PASSWORD)@db/app"],
  ["DATABASE_URL", "postgres://app@db/app"],
  ["DATABASE_URL", "postgres://db:5432/app"],
  ["REDIS_URL", "redis://redis:6379/0"],
  ["REPOSITORY", "https://example.com:8080/@scope/package"],
  ["IMAGE", "docker://registry:5000/app@sha256:abc"],
  // Made to be public
  ["JWT_PUBLIC_KEY", random],
  ["SSH_PUBLIC_KEY", `ssh-ed25519 AAAA${random}`],
  ["SIGNING_KEY", "-----BEGIN PUBLIC KEY-----\nMIIB"],
  ["STRIPE_PUBLISHABLE_KEY", "pk_live_abcdefghij0123456789"],
  ["NEXT_PUBLIC_FIREBASE_KEY", key("AIza", "SyA1234567890abcdefghijklmnopqrstuv")],
  ["SUPABASE_ANON_KEY", jwt],
  // Other keys, other tokens, other words
  ["PARTITION_KEY", "customer"],
  ["CACHE_KEY_PREFIX", "app"],
  ["S3_KEY", "uploads/file.txt"],
  ["PAD_TOKEN", "pad"],
  ["EOS_TOKEN", "</s>"],
  ["TIKTOKEN_CACHE_DIR", "/cache"],
  ["COMPASS", "north"],
  ["BYPASS", "localhost"],
  ["SECRETARY", "Ada"],
  ["PROXY_PASS", "http://app:8080"],
  ["NODE_ENV", "production"],
  ["COMMIT", "9fceb02d0ae598e95dc970b74767f19372d61af8"],
  ["TASK_NAME", "task-scheduler-for-nightly-runs"],
  ["HOST", "sk-something-with-a-long-name.example.com"],
])("no false alarm: %s=%s", (name, value) => {
  expect(looksSecret(name, value)).toBeUndefined();
});

test("a suspicious name is known without its value", () => {
  expect(soundsSecret("DB_PASSWORD")).toBe(true);
  expect(soundsSecret("DB_PASSWORD_FILE")).toBe(false);
  expect(soundsSecret("JWT_PUBLIC_KEY")).toBe(false);
});

describe("in a longer text", () => {
  test.each([
    `#!/bin/sh\nexport DB_PASSWORD=hunter2\n`,
    `docker run -e POSTGRES_PASSWORD=hunter2 postgres`,
    `#cloud-config\nwrite_files:\n- content: |\n    password: "hunter2"\n`,
    `{"db": {"password": "hunter2"}}`,
    `spring.datasource.password=hunter2`,
    `echo "API_KEY=${random}" >> .env`,
    `secret: ${random}`,
    `psql postgres://app:hunter2@db/app`,
    pem,
    `aws configure set aws_access_key_id ${aws}`,
    "maxmemory 1gb\nrequirepass hunter2\n",
  ])("%#: finds it", (content) => {
    const kind = secretWithin(content);
    expect(kind).toBeDefined();
    expect(kind).not.toMatch(/hunter2|kX9v|AKIA/);
  });

  test.each([
    `export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)`,
    `DB_PASSWORD="$1"\necho "$DB_PASSWORD" | docker login --password-stdin`,
    "DB_PASSWORD=`cat /run/secrets/db`",
    `POSTGRES_PASSWORD_FILE=/run/secrets/db`,
    `def connect(password: str, token: Optional[str] = None):\n  return open(password=password, token=self.token)`,
    `password = os.environ["DB_PASSWORD"]`,
    `password: \${DB_PASSWORD}`,
    `password: ""`,
    `tls:\n- secretName: web-tls\n  secret: web-tls\nbearer_token_file: /var/run/token`,
    `proxy_set_header Authorization $token;`,
    `max_tokens: 4096\ntoken: required`,
    `# the password: see the wiki`,
    `curl -H "X-aws-ec2-metadata-token-ttl-seconds: 21600" http://169.254.169.254/latest/api/token`,
    `TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token)`,
    `yum install -y amazon-cloudwatch-agent`,
    `[security]\n;admin_password = admin\n# secret_key = SW2YcwTIb9zpOOhoPsMm\n`,
    `aws ecr get-login-password | docker login --username AWS --password-stdin`,
    `users:\n- name: app\n  lock_passwd: true\n  passwd: "$6$rounds=4096$abc$def"\nssh_pwauth: false`,
    `{"tokenEndpoint": "https://auth.example.com/token", "password_policy": "strict"}`,
    `# requirepass foobared\nrequirepass \${REDIS_PASSWORD}\n`,
  ])("%#: no false alarm", (content) => {
    expect(secretWithin(content)).toBeUndefined();
  });

  test("a long and hostile one takes no time", () => {
    const began = Date.now();
    for (const unit of ["a=", "://", "eyJa.", "sk-a-", "password: ", "-----BEGIN A ", "a:b@", "x".repeat(50)])
      secretWithin(unit.repeat(200_000 / unit.length));
    expect(Date.now() - began).toBeLessThan(3000);
  });
});

test("user data is read in base64 and gzipped, too", () => {
  const script = "#!/bin/sh\nexport DB_PASSWORD=hunter2\n";
  expect(userData(script)).toBe(script);
  expect(userData(Buffer.from(script).toString("base64"))).toBe(script);
  expect(userData(gzipSync(script).toString("base64"))).toBe(script);
});

test("a key in the place of a name is not shown", () => {
  expect(shown("DB_PASSWORD")).toBe("DB_PASSWORD");
  expect(shown(aws)).toBe("(name not shown)");
  expect(shown(random)).toBe("(name not shown)");
  expect(shown("a\nb")).toBe("(name not shown)");
});

describe("a setting of a resource", () => {
  const type = "aws:lambda/function:Function" as const;
  const secretMark = "4dabf18193072939515e22adb298388d";
  function judge(
    value: unknown,
    about: { from?: Registration; surroundings?: Surroundings; name?: string } = {},
  ) {
    const { from, surroundings, name = "DB_PASSWORD" } = about;
    const stack = new Stack(
      [
        {
          urn: urnOf(type, "api"),
          type,
          name: "api",
          inputs: { environment: { variables: { [name]: value } } },
          propertyDependencies: from ? { environment: [from.urn] } : {},
        },
        ...(from ? [from] : []),
      ],
      surroundings,
    );
    const [resource] = stack.all(type);
    if (!resource) throw new Error("no resource");
    const of = resource.props.environment?.variables as Record<string, string>;
    return secretIn({ name, of, key: name, input: "environment" }, { resource, stack });
  }
  const source = {
    urn: urnOf("aws:rds/instance:Instance", "db"),
    type: "aws:rds/instance:Instance",
    name: "db",
    inputs: { identifier: "orders-db" },
  };

  test("a literal is found, a secret is not", () => {
    expect(judge("hunter2")).toBe("a secret (by its name)");
    expect(judge({ [secretMark]: "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" })).toBeUndefined();
    expect(judge({ [secretMark]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:A" })).toBeUndefined();
  });
  test("what a secret setting holds is no literal", () => {
    const surroundings = { secrets: new Set(["hunter2"]) };
    expect(judge("hunter2", { surroundings })).toBeUndefined();
    expect(judge("postgres://app:hunter2@db/app", { surroundings })).toBeUndefined();
    expect(judge("other", { surroundings })).toBe("a secret (by its name)");
  });
  test("where secrets come as plain values, it cannot be told", () => {
    expect(() => judge("hunter2", { surroundings: { hidesSecrets: true } })).toThrow(Unknown);
    expect(judge("false", { surroundings: { hidesSecrets: true } })).toBeUndefined();
    const configured = { hidesSecrets: true, secrets: new Set(["hunter2"]) };
    expect(judge("hunter2", { surroundings: configured })).toBeUndefined();
  });
  test("an unknown value counts only under a suspicious name", () => {
    expect(() => judge(unknown)).toThrow(Unknown);
    expect(judge(unknown, { name: "DB_HOST" })).toBeUndefined();
    expect(judge(unknown, { from: source })).toBeUndefined();
  });
  test("another resource's value is no literal, once deployed", () => {
    expect(judge("orders-db", { from: source })).toBeUndefined();
    expect(judge("hunter2", { from: source })).toBe("a secret (by its name)");
  });
});
