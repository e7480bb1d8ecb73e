import { isSecret } from '@volley/shared/flow/checkRun.ts'
import type { HttpRun } from '@volley/shared/flow/flow.ts'
import { placeholdersInJson } from '@volley/shared/lib/template.ts'
import { httpRequest } from './httpRequest.ts'

/** Told to every server anyway, or only meant for the run itself. */
const LEFT_OUT: ReadonlySet<string> = new Set(['user-agent', 'idempotency-key'])

/**
 * The request that an `http` tool makes for these arguments, as a command for a POSIX shell. Secrets stand in it as variables of their
 * names: `"$WEATHER_KEY"`. Null where no request can be made of the arguments.
 */
export function curlOf(run: HttpRun, given: Record<string, unknown>): string | null {
  const marks = marksFor(run, given)
  const secrets = { get: (name: string) => marks.get(name) }
  const request = httpRequest(run, given, { secrets, idempotencyKey: '' })
  if (!request.ok) return null
  const { method, url, headers, body } = request.value
  const word = (text: string) => withVariables(quoted(text), marks)
  const isPlain = method === 'GET' && body === undefined
  const parts = [
    ...(method === 'HEAD' ? ['--head'] : isPlain ? [] : [`--request ${method}`]),
    // Curl reads brackets and braces of an address as lists.
    ...(/[[\]{}]/.test(url.href) ? ['--globoff'] : []),
    word(url.href),
    ...Object.entries(headers)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, value]) => `--header ${word(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${word(body)}`]),
  ]
  return ['curl', ...parts].join(' \\\n  ').replace(/^curl \\\n {2}/, 'curl ')
}

/** For each secret that the tool names, letters that nothing else of the request holds and no part of it encodes. */
function marksFor(run: HttpRun, given: Record<string, unknown>): Map<string, string> {
  const all = JSON.stringify([run, given])
  const names = placeholdersInJson([run.url, Object.values(run.headers ?? {}), run.body ?? null]).filter(isSecret)
  return new Map(
    [...new Set(names)].map((placeholder, at) => {
      let mark = `secretmark${at}x`
      while (all.includes(mark)) mark += 'x'
      return [placeholder.slice('secret.'.length), mark]
    }),
  )
}

/** One word of the shell, whatever stands in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** Variables stand outside the single quotes, inside double ones: their values are one word with what stands around them. */
function withVariables(word: string, marks: ReadonlyMap<string, string>): string {
  let filled = word
  for (const [name, mark] of marks) filled = filled.replaceAll(mark, `'"\${${variableOf(name)}}"'`)
  return filled
}

/** A secret's name as a shell takes it: other signs than letters, digits and `_` become `_`. */
const variableOf = (name: string) => name.replace(/\W/g, '_').replace(/^(?=\d)/, '_')
