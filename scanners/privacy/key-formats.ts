/** What whole keys of each vendor look like: stricter than the prefixes that reports mask by, since here a match is a claim. */

/** In order: the first whose prefix fits decides. `null`: public by design, or for tests. */
const FORMATS: readonly (readonly [vendor: string, prefix: RegExp, whole: RegExp | null])[] = [
  ['GitHub token', /^gh[pousr]_/, /^gh[pousr]_\w{36,255}$/],
  ['GitHub token', /^github_pat_/, /^github_pat_\w{82,255}$/],
  ['GitLab token', /^gl[a-z]+-/, /^gl[a-z]+-[\w-]{20,300}$/],
  ['Slack token', /^xox[abeoprs]-|^xapp-/, /^x(?:ox[abeoprs]|app)-(?:\d-)?(?:[a-z0-9]{1,64}-){1,8}[a-z0-9]{1,80}$/i],
  [
    'Slack webhook',
    /^hooks\.slack\.com/i,
    /^hooks\.slack\.com\/(?:services\/T\w{6,40}\/B\w{6,40}\/\w{16,40}|workflows\/T\w{6,40}\/[\w/]{16,80})$/i,
  ],
  ['Stripe key', /^[rs]k_live_/, /^[rs]k_live_[a-zA-Z0-9]{20,250}$/],
  ['Stripe test key', /^[rsp]k_/, null],
  ['Stripe webhook secret', /^whsec_/, /^whsec_[\w+/=-]{32,80}$/],
  ['Google API key', /^AIza/, /^AIza[\w-]{35}$/],
  ['Google OAuth secret', /^GOCSPX-/, /^GOCSPX-[\w-]{28}$/],
  ['Google access token', /^ya29\./, /^ya29\.[\w-]{40,}$/],
  ['npm token', /^npm_/, /^npm_\w{36,}$/],
  ['PyPI token', /^pypi-/, /^pypi-Ag[\w-]{50,}$/],
  ['Hugging Face token', /^(?:hf|api_org)_/, /^(?:hf|api_org)_[a-zA-Z0-9]{34,40}$/],
  ['Docker token', /^dckr_/, /^dckr_[po]at_[\w-]{24,40}$/],
  ['DigitalOcean token', /^do[opr]_v1_/, /^do[opr]_v1_[a-f0-9]{64}$/],
  ['Databricks token', /^dapi/, /^dapi[a-f0-9]{32}(?:-\d)?$/],
  ['SendGrid key', /^SG\./, /^SG\.[\w-]{16,40}\.[\w-]{30,60}$/],
  ['Shopify token', /^shp/, /^shp(?:at|ca|pa|ss)_[a-f0-9]{32,64}$/i],
  ['Telegram bot token', /^\d/, /^\d{8,10}:AA[\w-]{33}$/],
  ['Vault token', /^hv[bs]\./, /^hv[bs]\.[\w-]{24,300}$/],
  ['AWS access key', /^A[A-Z3]/, /^(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}$/],
  ['Anthropic key', /^sk-ant-/, /^sk-ant-[a-z0-9]{3,12}-[\w-]{60,140}$/],
  ['OpenAI key', /^sk-(?:proj|svcacct|admin)-/, /^sk-(?:proj|svcacct|admin)-[\w-]{40,240}$/],
  ['OpenAI key', /^sk-[a-zA-Z0-9]{20}T3BlbkFJ/, /^sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}$/],
  ['API key (sk-)', /^sk-/, /^sk-(?:or-v1-)?[a-zA-Z0-9]{32,80}$/],
  ['Groq key', /^gsk_/, /^gsk_[a-zA-Z0-9]{48,60}$/],
  ['xAI key', /^xai-/, /^xai-[a-zA-Z0-9]{60,100}$/],
  ['NVIDIA key', /^nvapi-/, /^nvapi-[\w-]{50,90}$/],
  ['Perplexity key', /^pplx-/, /^pplx-[a-zA-Z0-9]{40,60}$/],
  ['Replicate token', /^r8_/, /^r8_[a-zA-Z0-9]{36,44}$/],
  ['Linear key', /^lin_api_/, /^lin_api_\w{32,128}$/],
  ['Notion token', /^(?:ntn|secret)_/, /^(?:ntn|secret)_[a-zA-Z0-9]{40,60}$/],
  ['Sentry token', /^sntrys_/, /^sntrys_[\w+/=-]{60,}$/],
]

/** Keys of vendors that the project's masking does not know by prefix. */
export const MORE_KEYS =
  /(?<![\w-])(?:A3T[A-Z0-9]{17}(?!\w)|shppa_[a-fA-F0-9]{32,64}(?!\w)|ops_ey[A-Za-z0-9+/]{96,1400}={0,2}|(?:gsk_|pplx-|xai-|r8_)[a-zA-Z0-9]{36,100}(?![\w-])|EAACEdEose0cBA[A-Za-z0-9]{20,300}|key-[0-9a-f]{32}(?!\w)|lin_api_\w{32,128})/g
const MORE_VENDORS: readonly (readonly [prefix: string, vendor: string])[] = [
  ['ops_', '1Password service account'],
  ['EAAC', 'Facebook token'],
  ['key-', 'Mailgun key'],
]

/** @returns the vendor of a whole key, or null where it is part of one, public, or for tests */
export function vendorOf(token: string): string | null {
  const more = MORE_VENDORS.find(([prefix]) => token.startsWith(prefix))
  if (more !== undefined) return more[1]
  const format = FORMATS.find(([, prefix]) => prefix.test(token))
  if (format === undefined || format[2] === null) return null
  return format[2].test(token) ? format[0] : null
}
