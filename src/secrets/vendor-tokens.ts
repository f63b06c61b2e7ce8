/** Keys and tokens by the prefixes that their vendors publish. */
import { changeShare } from './random-token.js'
import type { Span } from './span.js'

/** Characters that are shown: enough to tell the vendor. */
const SHOWN = 4

/** What follows is shorter than vendors give, since a quotation may be cut, and in any case, since a trigger may be in small letters. */
const PREFIXED = [
  // GitHub: classic, OAuth, user-to-server, server-to-server, refresh; fine-grained
  String.raw`gh[pousr]_[a-z0-9]{12,}`,
  String.raw`github_pat_\w{12,}`,
  // GitLab
  String.raw`gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt|ffct)-[\w-]{12,}`,
  // Slack tokens and webhooks
  String.raw`xox[abeoprs]-[\w-]{10,}`,
  String.raw`xapp-\d-[\w-]{10,}`,
  String.raw`hooks\.slack\.com/(?:services|workflows)/[\w/-]{10,}`,
  // Stripe
  String.raw`[rsp]k_(?:live|test|prod)_[a-z0-9]{8,}`,
  String.raw`whsec_[\w+/=-]{12,}`,
  // Google: API key, OAuth secret, access token
  String.raw`aiza[\w-]{16,}`,
  String.raw`gocspx-[\w-]{12,}`,
  String.raw`ya29\.[\w-]{16,}`,
  // npm, PyPI, Hugging Face, Docker, DigitalOcean, Databricks, SendGrid, Shopify, Twilio, Telegram, HashiCorp, age
  String.raw`npm_[a-z0-9]{16,}`,
  String.raw`pypi-ag[\w-]{16,}`,
  String.raw`(?:api_org|hf)_[a-z0-9]{16,}`,
  String.raw`dckr_[po]at_[\w-]{16,}`,
  String.raw`do[opr]_v1_[a-f0-9]{16,}`,
  String.raw`dapi[a-f0-9]{24,}`,
  String.raw`sg\.[\w-]{12,}(?:\.[\w-]*)?`,
  String.raw`shp(?:at|ca|pa|ss)_[a-f0-9]{16,}`,
  String.raw`(?:sk|ac)[a-f0-9]{32}`,
  String.raw`\d{8,10}:aa[\w-]{24,}`,
  String.raw`hv[bs]\.[\w-]{16,}`,
  String.raw`age-secret-key-1[a-z0-9]{12,}`,
  // JSON Web Tokens: `{"` in Base64
  String.raw`eyj[\w-]{12,}(?:\.[\w-]*){0,4}`,
]

/** Prefixes that words have too: these must look like a key as well. */
const WORDLIKE = [
  // AWS access keys and the like (IAM user guide, unique identifiers)
  String.raw`(?:akia|asia|abia|acca|agpa|aida|aroa|anpa|anva|aipa)[a-z0-9]{12,}`,
  // OpenAI, Anthropic and others that write keys alike
  String.raw`sk-[\w-]{16,}`,
  // Groq, xAI, NVIDIA, Perplexity, Replicate, Linear, Notion, Sentry
  String.raw`(?:gsk|xai|nvapi|pplx|r8|lin_api|ntn|secret|sntrys)[_-][a-z0-9]{24,}`,
]

const pattern = (alternatives: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<![a-z0-9])(?:${alternatives.join('|')})`, 'gi')
const VENDORS = pattern(PREFIXED)
const VENDORS_WORDLIKE = pattern(WORDLIKE)

/** Share of neighbours of different kinds, as {@link changeShare} counts them: above that of words. */
const LEAST_CHANGES = 0.25

export function vendorTokens(text: string): Span[] {
  const certain = [...text.matchAll(VENDORS)]
  const likely = [...text.matchAll(VENDORS_WORDLIKE)].filter(
    ([token]) => /\d/.test(token) || /^[A-Z]+$/.test(token) || changeShare(token.replace(/[_-]/g, '')) >= LEAST_CHANGES,
  )
  return [...certain, ...likely].map(({ 0: token, index }) => ({ start: index, end: index + token.length, keep: SHOWN }))
}
