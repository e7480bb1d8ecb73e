import { isObject } from '../lib/json.ts'
import { placeholdersInJson } from '../lib/template.ts'
import type { FlowDocument } from './flow.ts'

const IMPORT = "import { type FlowDocument, type OwnTools, runFlow } from '@volley/server'"

type ToolDocument = NonNullable<FlowDocument['tools']>[number]

/**
 * The flow as a small TypeScript program that runs it with `@volley/server`: the document as it is, a place for a function in the stead of
 * each tool, its arguments typed by the tool's schema, and the secrets it names taken from the environment.
 */
export function programOf(document: FlowDocument): string {
  const { tools = [] } = document
  const secrets = [...new Set(placeholdersInJson(tools).flatMap((name) => secretNamed(name) ?? []))]
  const own = tools.map((tool) => `  // ${functionFor(tool)}\n`).join('')
  return `// ${oneLine(document.name)}: a Volley flow as a program. Give it the input as its argument.
${IMPORT}

const flow: FlowDocument = ${jsonText(document)}

// A function here takes the place of the tool of its name; a tool without one runs as the flow says.
const tools: OwnTools = {
${own}}

const run = await runFlow(flow, {
  input: process.argv[2] ?? '',
  tools,
${secretsOption(secrets)}  onEvent: (event) => {
    if (event.type === 'call.started') console.error(\`call \${event.call} started\`)
  },
})
if (run.error) console.error(run.error.message)
console.log(run.output ?? '')
process.exitCode = run.status === 'succeeded' ? 0 : 1
`
}

function secretNamed(placeholder: string): string | undefined {
  return /^secret\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(placeholder)?.[1]
}

function secretsOption(names: readonly string[]): string {
  if (names.length === 0) return ''
  return `  secrets: { ${names.map((name) => `${name}: process.env.${name}`).join(', ')} },\n`
}

function functionFor({ name, description, parameters, run }: ToolDocument): string {
  const key = /^[a-zA-Z_]\w*$/.test(name) ? name : JSON.stringify(name)
  const says = run.kind === 'flow' ? 'Runs another saved flow, which is not here.' : oneLine(description ?? '')
  return `${key}: async (args: ${typeOf(parameters)}, { signal }) => ({}),${says ? ` // ${says}` : ''}`
}

/** The TypeScript type of what a JSON Schema describes, as far as it is plain; what is not is `unknown`. */
export function typeOf(schema: unknown): string {
  if (!isObject(schema)) return 'unknown'
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literal))
  if ('const' in schema) return literal(schema.const)
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })))
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return `Array<${typeOf(schema.items)}>`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

function objectType({ properties, required }: Record<string, unknown>): string {
  if (!isObject(properties) || Object.keys(properties).length === 0) return 'Record<string, unknown>'
  const needed = new Set(Array.isArray(required) ? required : [])
  const fields = Object.entries(properties).map(
    ([name, inner]) => `${JSON.stringify(name)}${needed.has(name) ? '' : '?'}: ${typeOf(inner)}`,
  )
  return `{ ${fields.join('; ')} }`
}

const literal = (value: unknown) => (isObject(value) || Array.isArray(value) ? 'unknown' : JSON.stringify(value))
const union = (types: readonly string[]) => (types.length === 0 ? 'never' : [...new Set(types)].join(' | '))

/** JSON as a piece of a program: two of its signs would end a line there. */
const jsonText = (value: unknown) =>
  JSON.stringify(value, null, 2).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/** For a comment to the end of the line: nothing in it can begin another line. */
const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim()
