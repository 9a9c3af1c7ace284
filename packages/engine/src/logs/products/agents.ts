/** SDKs and gateways of language models, agent frameworks, MCP servers: a missing key has many forms. */
import type { Pattern } from "../patterns/pattern";

export const agents: Pattern[] = [
  {
    id: "agents-key-anthropic",
    cause: "config/setting-missing",
    literals: ["could not resolve authentication method"],
    pattern: String.raw`Could not resolve authentication method\. Expected (?:either|one of)`,
    confidence: "certain",
    product: true,
    subject: { env: "ANTHROPIC_API_KEY" },
    positive: 'TypeError: "Could not resolve authentication method. Expected either api_key or auth_token to be set."',
    negative: "could not resolve authentication methods",
  },
  {
    id: "litellm-config",
    cause: "config/file-missing",
    literals: ["config file not found:"],
    pattern: String.raw`Exception: Config file not found: (?P<path>/\S+)`,
    confidence: "certain",
    product: true,
    positive: "Exception: Config file not found: /etc/litellm/config.yaml",
    negative: "config file not found: none",
  },
  {
    id: "mcp-sdk-major",
    cause: "start/library-missing",
    literals: ["this is mcp 2.x", "@modelcontextprotocol/sdk"],
    pattern: String.raw`This is mcp (?P<found>\d+\.x), where|ERR_PACKAGE_PATH_NOT_EXPORTED[^\n]*@modelcontextprotocol/sdk|Package subpath '(?P<path>[^']+)' is not defined by "exports" in [^\n]*@modelcontextprotocol/sdk`,
    confidence: "likely",
    product: true,
    subject: { name: "mcp" },
    positive: "ModuleNotFoundError: No module named 'mcp.server.fastmcp'. This is mcp 2.x, where FastMCP was renamed",
    negative: "using @modelcontextprotocol/sdk",
  },
];
