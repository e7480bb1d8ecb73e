import { MODEL_KINDS } from '@volley/shared/api.ts'
import { RESERVED_NAMES } from '@volley/shared/flow/check.ts'
import { TOOL_NAME } from '@volley/shared/flow/flow.ts'
import { placeholdersIn } from '@volley/shared/lib/template.ts'
import { z } from 'zod'

// What may be stored under a connection's name (contract 5). A value left out where one is stored, or null, means the stored one.

const MOST_CHARS = 65_536
const SECRET = /^secret\.[A-Za-z_][A-Za-z0-9_]{0,63}$/
const OWN_HEADERS =
  /^(host|connection|content-length|transfer-encoding|te|trailer|upgrade|keep-alive|expect|cookie2?)$/i

const text = z
  .string()
  .min(1, 'it must not be empty')
  .max(MOST_CHARS, 'it must be at most 64 KB')
  .refine((given) => !given.includes('\0'), 'it must not hold a NUL character')
const address = z
  .url({ protocol: /^https?$/, error: 'it must be an address such as https://models.example/v1' })
  .refine(
    (given) => {
      const { username, password, hash } = new URL(given)
      return username === '' && password === '' && hash === ''
    },
    { error: 'it must not hold a user name, a password or a fragment: a key has its own place' },
  )
const withSecrets = text.refine(
  (given) =>
    placeholdersIn(given).every((name) => SECRET.test(name)) && !given.replace(/\{\{[^{}]*\}\}/g, '').includes('{{'),
  'a placeholder in it must be {{secret.NAME}}',
)
const headerValue = withSecrets.refine(
  (given) => /^[\t\x20-\x7e\x80-\xff]*$/.test(given),
  'it must be one line of plain characters',
)
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'it must be a header name')
  .refine((name) => !OWN_HEADERS.test(name), 'this header is set by the connection itself')
const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'it must be the name of an environment variable')

const model = z.strictObject({
  kind: z.enum(MODEL_KINDS),
  baseUrl: address.exactOptional(),
  apiKey: headerValue.nullable().exactOptional(),
})
const argument = z
  .string()
  .max(MOST_CHARS, 'it must be at most 64 KB')
  .refine((given) => !given.includes('\0'), 'it must not hold a NUL character')
const mcp = z
  .strictObject({
    kind: z.literal('mcp'),
    url: address.exactOptional(),
    headers: z.record(headerName, headerValue.nullable()).exactOptional(),
    command: text.exactOptional(),
    args: z.array(argument).max(500, 'it must be at most 500').exactOptional(),
    env: z.record(variableName, withSecrets.nullable()).exactOptional(),
    cwd: text.exactOptional(),
  })
  .superRefine((given, context) => {
    const fault = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    if (given.url === undefined && given.command === undefined)
      fault('url', 'an MCP server needs "url", or "command" with its "args"')
    const others = given.url === undefined ? ['headers'] : ['command', 'args', 'env', 'cwd']
    for (const key of others)
      if (Object.hasOwn(given, key))
        fault(key, given.url === undefined ? 'this goes with "url" alone' : 'this goes with "command", not with "url"')
  })

/** What `PUT /connections/:name` takes. */
export const connectionSchema = z.discriminatedUnion('kind', [model, mcp], {
  error: `the kind must be one of ${MODEL_KINDS.join(', ')}, mcp`,
})
export type ConnectionContent = z.output<typeof connectionSchema>

/** What is wrong with a connection's name, as a sentence; null when nothing is. `builtIn` are the names of the providers there are anyway. */
export function nameFault(name: string, builtIn: readonly string[]): string | null {
  if (!TOOL_NAME.test(name) || RESERVED_NAMES.includes(name) || name === '__proto__')
    return `"${name}" is no name for a connection: use 1 to 64 letters, digits, "_" or "-".`
  if (builtIn.includes(name)) return `"${name}" is a provider that is there anyway: choose another name.`
  return null
}
